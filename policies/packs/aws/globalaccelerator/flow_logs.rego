# METADATA
# scope: package
# title: Traffic through an accelerator is logged
# description: >-
#   It is the first place that traffic comes through; without flow logs an attack has no trace.
# related_resources:
#   - https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html
# custom:
#   id: WL-AWS-GLOBALACCELERATOR-001
#   remedy: |-
#     In Terraform:
#       attributes {
#         flow_logs_enabled   = true
#         flow_logs_s3_bucket = "example-logs"
#       }
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_75"]
#     terrascan: ["AC_AWS_0471", "AWS.AGA.LM.LOW.0073"]
#   engines: [terraform]
package wayleave.aws.globalaccelerator.flow_logs

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "flow logs are turned off"} if {
	some it in input.resources.aws_globalaccelerator_accelerator
	resource.is_off(it, "attributes.0.flow_logs_enabled")
}
