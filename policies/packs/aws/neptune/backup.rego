# METADATA
# scope: package
# title: Backups of a Neptune cluster are kept for a week or more
# description: >-
#   With one day, a mistake that is noticed after the weekend cannot be undone.
# related_resources:
#   - https://docs.aws.amazon.com/neptune/latest/userguide/security.html
# custom:
#   id: WL-AWS-NEPTUNE-004
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#       backup_retention_period = 14
#     In CloudFormation:
#       StorageEncrypted: true
#       BackupRetentionPeriod: 14
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["Neptune.5"]
#     checkov: ["CKV_AWS_361"]
#   parameters:
#     days:
#       default: 7
#       description: The least number of days.
#   engines: [terraform, cloudformation]
package wayleave.aws.neptune.backup

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_neptune_cluster
	found := resource.number_or_default(it, "backup_retention_period", 1)
	found < data.parameters["WL-AWS-NEPTUNE-004"].days
	message := sprintf("backups are kept for %v days", [found])
}
