# METADATA
# scope: package
# title: An HTTP API answers pages of known origins
# description: >-
#   With every origin allowed, any page that a user visits may call the API with what the browser knows.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
# custom:
#   id: WL-AWS-APIGATEWAY-015
#   remedy: |-
#     In Terraform:
#       cors_configuration {
#         allow_origins = ["https://app.example.com"]
#       }
#     In CloudFormation:
#       CorsConfiguration: {AllowOrigins: [https://app.example.com]}
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV2_AWS_75"]
#     terrascan: ["AC_AWS_0441", "AWS.ApiGatewayV2Api.AccessControl.0630"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.http_cors

import data.wayleave.lib.resource

deny contains {"address": api.address, "message": "pages of every origin may call the API"} if {
	some api in input.resources.aws_apigatewayv2_api
	some cors in resource.blocks(api, "cors_configuration")
	some origin in cors.allow_origins
	origin in {"*", "http://*", "https://*"}
}
