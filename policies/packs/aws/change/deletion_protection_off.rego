# METADATA
# scope: package
# title: A change does not take protection from deletion away
# description: >-
#   Protection that is taken away in one change lets the next one delete what it protected, with nothing left that asks.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
# custom:
#   id: WL-AWS-CHANGE-005
#   remedy: |-
#     Leave it on, and turn it off in the very change that is meant to delete the resource:
#       deletion_protection = true
#   severity: medium
#   category: Resilience
#   engines: [terraform]
package wayleave.aws.change.deletion_protection_off

import data.wayleave.lib.change

protections := {
	"aws_cognito_user_pool": {"deletion_protection": {"ACTIVE"}},
	"aws_db_instance": {"deletion_protection": {true}},
	"aws_docdb_cluster": {"deletion_protection": {true}},
	"aws_dynamodb_table": {"deletion_protection_enabled": {true}},
	"aws_eks_cluster": {"deletion_protection": {true}},
	"aws_instance": {"disable_api_termination": {true}},
	"aws_lb": {"enable_deletion_protection": {true}},
	"aws_neptune_cluster": {"deletion_protection": {true}},
	"aws_networkfirewall_firewall": {"delete_protection": {true}, "subnet_change_protection": {true}},
	"aws_qldb_ledger": {"deletion_protection": {true}},
	"aws_rds_cluster": {"deletion_protection": {true}},
	"aws_rds_global_cluster": {"deletion_protection": {true}},
	"aws_s3_bucket": {"object_lock_enabled": {true}},
}

# Flags that let a resource go without a trace.
dangers := {
	"aws_db_instance": ["skip_final_snapshot", "delete_automated_backups"],
	"aws_docdb_cluster": ["skip_final_snapshot"],
	"aws_ecr_repository": ["force_delete"],
	"aws_neptune_cluster": ["skip_final_snapshot"],
	"aws_rds_cluster": ["skip_final_snapshot", "delete_automated_backups"],
	"aws_redshift_cluster": ["skip_final_snapshot"],
	"aws_s3_bucket": ["force_destroy"],
}

deny contains {"address": altered.address, "message": sprintf("the change turns %s off", [path])} if {
	some kind, paths in protections
	some altered in change.altered([kind])
	some path, values in paths
	change.left(altered, path, values)
}

deny contains {"address": altered.address, "message": sprintf("the change turns %s on", [path])} if {
	some kind, paths in dangers
	some altered in change.altered([kind])
	some path in paths
	change.turned_on(altered, path)
}

deny contains {"address": gone.address, "message": "the change deletes the bucket's object lock"} if {
	some gone in change.deleted(["aws_s3_bucket_object_lock_configuration"])
	not change.goes_with(gone, "aws_s3_bucket", "bucket")
}
