# METADATA
# scope: package
# title: Calls of an API are traced
# description: >-
#   A trace says which of the services behind an API was slow or failed.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html
# custom:
#   id: WL-AWS-APIGATEWAY-002
#   remedy: |-
#     In Terraform:
#       xray_tracing_enabled = true
#     In CloudFormation:
#       TracingEnabled: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["APIGateway.3"]
#     checkov: ["CKV_AWS_73"]
#     terrascan: ["AC_AWS_0015", "AWS.APIGateway.Logging.Medium.0571"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.tracing

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "calls are not traced"} if {
	some it in input.resources.aws_api_gateway_stage
	resource.is_off(it, "xray_tracing_enabled")
}
