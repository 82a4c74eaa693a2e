package wayleave.aws.change.backup_reduced_test

import data.wayleave.aws.change.backup_reduced

found(kind, before, after, unknown) := answer if {
	answer := backup_reduced.deny with input as {"changes": {kind: [{"address": "t", "actions": ["update"], "before": before, "after": after, "unknown": unknown}]}}
}

test_shorter if {
	some finding in found("aws_db_instance", {"backup_retention_period": 14}, {"backup_retention_period": 1}, [])
	finding.message == "the change reduces backup_retention_period from 14 to 1"
}

test_left_out if count(found("aws_rds_cluster", {"backup_retention_period": 14}, {}, [])) == 1

test_longer if found("aws_db_instance", {"backup_retention_period": 1}, {"backup_retention_period": 14}, []) == set()

test_unknown if found("aws_db_instance", {"backup_retention_period": 14}, {}, ["backup_retention_period"]) == set()

test_file_system if count(found("aws_efs_backup_policy", {"backup_policy": [{"status": "ENABLED"}]}, {"backup_policy": [{"status": "DISABLED"}]}, [])) == 1

deletion(kind, others) := answer if {
	gone := {"address": "e", "actions": ["delete"], "before": {"file_system_id": "fs"}, "after": null}
	answer := backup_reduced.deny with input as {"changes": object.union(others, {kind: [gone]})}
}

test_plan_deleted if count(deletion("aws_backup_plan", {})) == 1

test_policy_deleted if count(deletion("aws_efs_backup_policy", {})) == 1

test_policy_deleted_with_its_file_system if deletion("aws_efs_backup_policy", {"aws_efs_file_system": [{"actions": ["delete"], "before": {"id": "fs"}}]}) == set()
