# METADATA
# scope: package
# title: A database is backed up every day
# description: >-
#   With a retention of 0 there is no backup at all: a bad migration or an intruder takes everything.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
# custom:
#   id: WL-AWS-RDS-003
#   remedy: |-
#     In Terraform:
#       backup_retention_period = 14
#     In CloudFormation:
#       BackupRetentionPeriod: 14
#   severity: medium
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["RDS.11"]
#     checkov: ["CKV_AWS_133"]
#     terrascan: ["AC_AWS_0052"]
#   parameters:
#     days:
#       default: 7
#       description: The least number of days.
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.backup

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_db_instance
	found := resource.number_or_default(it, "backup_retention_period", 0)
	found < data.parameters["WL-AWS-RDS-003"].days
	not resource.is_set(it, "replicate_source_db")
	not startswith(object.get(it.values, "engine", ""), "aurora")
	message := sprintf("backups are kept for %v days", [found])
}
