# METADATA
# scope: package
# title: Backups of a cluster are kept for a week or more
# description: >-
#   With one day, a mistake that is noticed after the weekend cannot be undone.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Aurora.Managing.Backups.html
# custom:
#   id: WL-AWS-RDS-015
#   remedy: |-
#     In Terraform:
#       backup_retention_period = 14
#     In CloudFormation:
#       BackupRetentionPeriod: 14
#   severity: low
#   category: Resilience
#   frameworks:
#     checkov: ["CKV_AWS_133"]
#     terrascan: ["AC_AWS_0495", "AWS.RDS.RE.MEDIUM.0013"]
#   parameters:
#     days:
#       default: 7
#       description: The least number of days.
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.cluster_backup

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_rds_cluster
	found := resource.number_or_default(it, "backup_retention_period", 1)
	found < data.parameters["WL-AWS-RDS-015"].days
	message := sprintf("backups are kept for %v days", [found])
}
