# METADATA
# scope: package
# title: Bodies of calls are not written to the log
# description: >-
#   A data trace writes whole requests and answers, passwords and personal data among them, to a log that many
#   may read.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
# custom:
#   id: WL-AWS-APIGATEWAY-007
#   remedy: |-
#     In Terraform:
#       data_trace_enabled = false
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_276"]
#   engines: [terraform]
package wayleave.aws.apigateway.data_trace

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "whole requests and answers are logged"} if {
	some it in input.resources.aws_api_gateway_method_settings
	resource.is_true_by_default(it, "settings.0.data_trace_enabled", false)
}
