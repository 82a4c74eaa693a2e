# METADATA
# scope: package
# title: An API's policy is not open to everybody
# description: >-
#   A policy that allows everybody lets the whole internet call the methods that ask for nothing else.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
# custom:
#   id: WL-AWS-APIGATEWAY-011
#   remedy: |-
#     In Terraform:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/reader" }
#     In CloudFormation:
#       Principal: {AWS: arn:aws:iam::222222222222:role/reader}
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_283"]
#     terrascan: ["AC_AWS_0440", "AWS.APGRAP.IAM.HIGH.0064"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_api_gateway_rest_api_policy", "aws_api_gateway_rest_api"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
