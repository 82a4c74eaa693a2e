# METADATA
# scope: package
# title: The logs of a broker are kept
# description: >-
#   Who logged in and what failed is known only from the logs.
# related_resources:
#   - https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring.html
# custom:
#   id: WL-AWS-MQ-002
#   remedy: |-
#     In Terraform:
#       logs {
#         general = true
#         audit   = true
#       }
#     In CloudFormation:
#       Logs: {General: true, Audit: true}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["MQ.2"]
#     checkov: ["CKV_AWS_48", "CKV_AWS_197"]
#     terrascan: ["AC_AWS_0174", "AWS.ElasticSearch.Logging.Medium.0885"]
#   engines: [terraform, cloudformation]
package wayleave.aws.mq.logging

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "general logs are not kept"} if {
	some it in input.resources.aws_mq_broker
	resource.is_off(it, "logs.0.general")
}
