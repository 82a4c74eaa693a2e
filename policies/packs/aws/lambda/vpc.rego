# METADATA
# scope: package
# title: A function runs in a VPC
# description: >-
#   Outside of a VPC a function reaches the whole internet, and no security group or flow log sees what it
#   sends.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
# custom:
#   id: WL-AWS-LAMBDA-002
#   remedy: |-
#     In Terraform:
#       vpc_config {
#         subnet_ids         = ["subnet-0123456789abcdef0"]
#         security_group_ids = ["sg-0123456789abcdef0"]
#       }
#     In CloudFormation:
#       VpcConfig: {SubnetIds: [subnet-0123456789abcdef0], SecurityGroupIds: [sg-0123456789abcdef0]}
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-security-hub: ["Lambda.3"]
#     checkov: ["CKV_AWS_117"]
#     terrascan: ["AC_AWS_0486", "AWS.LambdaFunction.Logging.0472"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.vpc

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the function runs outside of any VPC"} if {
	some it in input.resources.aws_lambda_function
	resource.is_missing(it, "vpc_config")
}
