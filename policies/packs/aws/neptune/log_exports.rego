# METADATA
# scope: package
# title: A Neptune cluster's audit log is kept outside of it
# description: >-
#   Who logged in and what was changed is known only from that log.
# related_resources:
#   - https://docs.aws.amazon.com/neptune/latest/userguide/security.html
# custom:
#   id: WL-AWS-NEPTUNE-003
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#       enable_cloudwatch_logs_exports = ["audit"]
#     In CloudFormation:
#       StorageEncrypted: true
#       EnableCloudwatchLogsExports: [audit]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Neptune.2"]
#     checkov: ["CKV_AWS_101"]
#     terrascan: ["AC_AWS_0494", "AWS.ANC.LM.MEDIUM.0075"]
#   engines: [terraform, cloudformation]
package wayleave.aws.neptune.log_exports

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "no log is sent to CloudWatch"} if {
	some it in input.resources.aws_neptune_cluster
	resource.is_missing(it, "enable_cloudwatch_logs_exports")
}
