# METADATA
# scope: package
# title: A DocumentDB cluster's audit log is kept outside of it
# description: >-
#   Who logged in and what was changed is known only from that log.
# related_resources:
#   - https://docs.aws.amazon.com/documentdb/latest/developerguide/security.html
# custom:
#   id: WL-AWS-DOCDB-003
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#       enabled_cloudwatch_logs_exports = ["audit"]
#     In CloudFormation:
#       StorageEncrypted: true
#       EnableCloudwatchLogsExports: [audit]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["DocumentDB.4"]
#     checkov: ["CKV_AWS_85"]
#     terrascan: ["AC_AWS_0456", "AWS.ADC.LM.MEDIUM.0069"]
#   engines: [terraform, cloudformation]
package wayleave.aws.docdb.log_exports

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "no log is sent to CloudWatch"} if {
	some it in input.resources.aws_docdb_cluster
	resource.is_missing(it, "enabled_cloudwatch_logs_exports")
}
