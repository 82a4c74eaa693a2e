# METADATA
# scope: package
# title: What a connector does is logged
# description: >-
#   Why a connector stopped, and what it left behind, stands in its log alone.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-logging.html
# custom:
#   id: WL-AWS-MSK-008
#   remedy: |-
#     In Terraform:
#       log_delivery {
#         worker_log_delivery {
#           cloudwatch_logs {
#             enabled   = true
#             log_group = "/connect/copy"
#           }
#         }
#       }
#     In CloudFormation:
#       LogDelivery: {WorkerLogDelivery: {CloudWatchLogs: {Enabled: true, LogGroup: /connect/copy}}}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["MSK.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.connector_logging

import data.wayleave.lib.resource
sinks := {"cloudwatch_logs", "firehose", "s3"}

deny contains {"address": it.address, "message": "the connector is not logged"} if {
	some it in input.resources.aws_mskconnect_connector
	every sink in sinks {
		resource.is_off(it, sprintf("log_delivery.0.worker_log_delivery.0.%s.0.enabled", [sink]))
	}
}
