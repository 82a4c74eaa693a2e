# METADATA
# scope: package
# title: Methods of an API are measured one by one
# description: >-
#   Without metrics of each method, a broken one hides in the average of the others.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
# custom:
#   id: WL-AWS-APIGATEWAY-006
#   remedy: |-
#     In Terraform:
#       logging_level   = "ERROR"
#       metrics_enabled = true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     terrascan: ["AC_AWS_0007", "AWS.APIGateway.Logging.Medium.0569"]
#   engines: [terraform]
package wayleave.aws.apigateway.metrics

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "metrics are not collected for each method"} if {
	some it in input.resources.aws_api_gateway_method_settings
	resource.is_off(it, "settings.0.metrics_enabled")
}
