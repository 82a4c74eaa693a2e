# METADATA
# scope: package
# title: A function's address does not take credentials from pages of every origin
# description: >-
#   With credentials allowed from every origin, any page that a user visits calls the function in their name.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
# custom:
#   id: WL-AWS-LAMBDA-012
#   remedy: |-
#     In Terraform:
#       cors {
#         allow_credentials = true
#         allow_origins     = ["https://app.example.com"]
#       }
#     In CloudFormation:
#       Cors: {AllowCredentials: true, AllowOrigins: [https://app.example.com]}
#   severity: medium
#   category: Infrastructure Security
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.url_cors

import data.wayleave.lib.resource

deny contains {"address": address.address, "message": "pages of every origin may call with credentials"} if {
	some address in input.resources.aws_lambda_function_url
	some cors in resource.blocks(address, "cors")
	resource.is_true(cors.allow_credentials)
	"*" in cors.allow_origins
}
