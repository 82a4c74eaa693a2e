# METADATA
# scope: package
# title: The logs of brokers are kept
# description: >-
#   Who connected and what failed is in the logs of the brokers, which are gone when they are not sent
#   somewhere.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
# custom:
#   id: WL-AWS-MSK-005
#   remedy: |-
#     In Terraform:
#       logging_info {
#         broker_logs {
#           cloudwatch_logs {
#             enabled   = true
#             log_group = "msk"
#           }
#         }
#       }
#     In CloudFormation:
#       LoggingInfo: {BrokerLogs: {CloudWatchLogs: {Enabled: true, LogGroup: msk}}}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_80"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.logging

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the logs of the brokers go nowhere"} if {
	some it in input.resources.aws_msk_cluster
	resource.is_missing(it, "logging_info")
}
