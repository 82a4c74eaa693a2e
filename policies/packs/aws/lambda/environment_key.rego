# METADATA
# scope: package
# title: A function's environment is encrypted with a key of your own
# description: >-
#   Whoever may read the configuration of a function reads its variables. With a key of your own they also need
#   that key, and its use is logged.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
# custom:
#   id: WL-AWS-LAMBDA-003
#   remedy: |-
#     In Terraform:
#       environment {
#         variables = { STAGE = "dev" }
#       }
#       kms_key_arn = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       Environment: {Variables: {STAGE: dev}}
#       KmsKeyArn: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_173"]
#     terrascan: ["AC_AWS_0483", "AWS.LambdaFunction.EncryptionandKeyManagement.0471"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.environment_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the environment is encrypted with the key that AWS manages"} if {
	some it in input.resources.aws_lambda_function
	resource.is_missing(it, "kms_key_arn")
	count(resource.blocks(it, "environment")) > 0
}
