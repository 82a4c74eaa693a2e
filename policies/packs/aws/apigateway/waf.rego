# METADATA
# scope: package
# title: An API that anybody reaches has a web ACL in front
# description: >-
#   A web ACL stops floods and known attacks before they reach the program.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
# custom:
#   id: WL-AWS-APIGATEWAY-016
#   remedy: |-
#     In Terraform:
#       resource "aws_wafv2_web_acl_association" "live" {
#         resource_arn = aws_api_gateway_stage.live.arn
#         web_acl_arn  = "arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/shop/a"
#       }
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["APIGateway.4"]
#     checkov: ["CKV2_AWS_29"]
#   engines: [terraform]
package wayleave.aws.apigateway.waf

import data.wayleave.lib.resource
kind := "aws_wafv2_web_acl_association"

deny contains {"address": stage.address, "message": "no web ACL is in front"} if {
	some stage in input.resources.aws_api_gateway_stage
	count(resource.attached(stage, kind, "resource_arn")) == 0
	not resource.may_be_attached(kind, "resource_arn")
	not is_private(stage)
}

is_private(stage) if {
	some api in input.resources.aws_api_gateway_rest_api
	resource.names(stage, "rest_api_id", api)
	perhaps_private(api)
}

perhaps_private(api) if "PRIVATE" in api.values.endpoint_configuration[0].types

perhaps_private(api) if resource.is_uncertain(api, "endpoint_configuration.0.types")
