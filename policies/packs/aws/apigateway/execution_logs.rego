# METADATA
# scope: package
# title: Errors of an API are logged
# description: >-
#   With the level OFF, nothing says why a call failed inside the gateway.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
# custom:
#   id: WL-AWS-APIGATEWAY-005
#   remedy: |-
#     In Terraform:
#       logging_level = "ERROR"
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["APIGateway.1"]
#     checkov: ["CKV2_AWS_4"]
#   engines: [terraform]
package wayleave.aws.apigateway.execution_logs

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_api_gateway_method_settings
	found := resource.value(it, "settings.0.logging_level")
	found in {"OFF"}
	message := sprintf("the level of logging is %s", [found])
}
