# METADATA
# scope: package
# title: A change does not shorten or end backups
# description: >-
#   Backups that are kept for a shorter time, or not made at all, are missed on the day that they are needed; that day the change
#   is long forgotten. It is also what an attacker does before deleting data.
# related_resources:
#   - https://docs.aws.amazon.com/prescriptive-guidance/latest/backup-recovery/welcome.html
# custom:
#   id: WL-AWS-CHANGE-003
#   remedy: |-
#     Keep the retention as it was, or longer:
#       backup_retention_period = 14
#   severity: medium
#   category: Resilience
#   engines: [terraform]
package wayleave.aws.change.backup_reduced

import data.wayleave.lib.change

# How long backups are kept, or old data can be read.
periods := {
	"aws_db_instance": "backup_retention_period",
	"aws_docdb_cluster": "backup_retention_period",
	"aws_elasticache_cluster": "snapshot_retention_limit",
	"aws_elasticache_replication_group": "snapshot_retention_limit",
	"aws_elasticache_serverless_cache": "snapshot_retention_limit",
	"aws_fsx_lustre_file_system": "automatic_backup_retention_days",
	"aws_fsx_ontap_file_system": "automatic_backup_retention_days",
	"aws_fsx_openzfs_file_system": "automatic_backup_retention_days",
	"aws_fsx_windows_file_system": "automatic_backup_retention_days",
	"aws_kinesis_stream": "retention_period",
	"aws_memorydb_cluster": "snapshot_retention_limit",
	"aws_neptune_cluster": "backup_retention_period",
	"aws_rds_cluster": "backup_retention_period",
	"aws_redshift_cluster": "automated_snapshot_retention_period",
}

deny contains {"address": altered.address, "message": message} if {
	some kind, path in periods
	some altered in change.altered([kind])
	change.reduced(altered, path)
	message := sprintf("the change reduces %s from %v to %v", [path, altered.before[path], object.get(altered.after, path, 0)])
}

deny contains {"address": altered.address, "message": "the change ends the file system's automatic backups"} if {
	some altered in change.altered(["aws_efs_backup_policy"])
	change.left(altered, "backup_policy.0.status", {"ENABLED"})
}

deny contains {"address": gone.address, "message": "the change deletes a part of the backups' plan"} if {
	some gone in change.deleted(["aws_backup_plan", "aws_backup_selection", "aws_backup_vault_lock_configuration", "aws_dlm_lifecycle_policy"])
}

deny contains {"address": gone.address, "message": "the change ends the file system's automatic backups"} if {
	some gone in change.deleted(["aws_efs_backup_policy"])
	not change.goes_with(gone, "aws_efs_file_system", "file_system_id")
}
