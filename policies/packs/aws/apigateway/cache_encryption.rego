# METADATA
# scope: package
# title: Cached answers are encrypted
# description: >-
#   A cache holds the answers of your users on disks.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
# custom:
#   id: WL-AWS-APIGATEWAY-004
#   remedy: |-
#     In Terraform:
#       caching_enabled      = true
#       cache_data_encrypted = true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["APIGateway.5"]
#     checkov: ["CKV_AWS_308"]
#   engines: [terraform]
package wayleave.aws.apigateway.cache_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "cached answers are not encrypted"} if {
	some it in input.resources.aws_api_gateway_method_settings
	resource.is_off(it, "settings.0.cache_data_encrypted")
	resource.is_true(resource.value(it, "settings.0.caching_enabled"))
}
