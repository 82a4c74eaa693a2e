# METADATA
# scope: package
# title: A function runs signed code only
# description: >-
#   Whoever may write to the bucket of packages decides what the function does. A code signing configuration
#   refuses what your build did not sign.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
# custom:
#   id: WL-AWS-LAMBDA-007
#   remedy: |-
#     In Terraform:
#       code_signing_config_arn = "arn:aws:lambda:eu-west-1:222222222222:code-signing-config:csc-0123456789abcdef0"
#     In CloudFormation:
#       CodeSigningConfigArn: arn:aws:lambda:eu-west-1:222222222222:code-signing-config:csc-0123456789abcdef0
#   severity: low
#   category: Supply Chain
#   frameworks:
#     checkov: ["CKV_AWS_272"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.code_signing

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the function runs code that nobody signed"} if {
	some it in input.resources.aws_lambda_function
	resource.is_missing(it, "code_signing_config_arn")
	not resource.value_or_default(it, "package_type", "Zip") == "Image"
}
