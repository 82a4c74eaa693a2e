package wayleave.aws.change.logging_off_test

import data.wayleave.aws.change.logging_off

found(kind, before, after, unknown) := answer if {
	answer := logging_off.deny with input as {"changes": {kind: [{"address": "t", "actions": ["update"], "before": before, "after": after, "unknown": unknown}]}}
}

test_trail if {
	some finding in found("aws_cloudtrail", {"enable_logging": true}, {"enable_logging": false}, [])
	finding.severity == "high"
}

test_load_balancer if count(found("aws_lb", {"access_logs": [{"enabled": true}]}, {"access_logs": []}, [])) == 1

test_exports if count(found("aws_db_instance", {"enabled_cloudwatch_logs_exports": ["audit"]}, {}, [])) == 1

test_unknown if found("aws_db_instance", {"enabled_cloudwatch_logs_exports": ["audit"]}, {}, ["enabled_cloudwatch_logs_exports"]) == set()

test_retention if count(found("aws_cloudwatch_log_group", {"retention_in_days": 365}, {"retention_in_days": 7}, [])) == 1

test_retention_was_endless if count(found("aws_cloudwatch_log_group", {"retention_in_days": 0}, {"retention_in_days": 7}, [])) == 1

test_retention_becomes_endless if found("aws_cloudwatch_log_group", {"retention_in_days": 7}, {"retention_in_days": 0}, []) == set()

deletion(others) := answer if {
	gone := {"address": "f", "actions": ["delete"], "before": {"vpc_id": "v"}, "after": null}
	answer := logging_off.deny with input as {"changes": object.union(others, {"aws_flow_log": [gone]})}
}

test_flow_log_deleted if count(deletion({})) == 1

test_flow_log_deleted_with_its_network if deletion({"aws_vpc": [{"actions": ["delete"], "before": {"id": "v"}}]}) == set()
