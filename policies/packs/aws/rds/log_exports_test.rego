package wayleave.aws.rds.log_exports_test

import data.wayleave.aws.rds.log_exports

found(kind, values, unknown) := answer if {
	answer := log_exports.deny with input as {"resources": {kind: [{
		"address": "d",
		"values": values,
		"unknown": unknown,
		"written": ["engine", "enabled_cloudwatch_logs_exports"],
	}]}}
}

test_none if count(found("aws_db_instance", {}, [])) == 1

test_unknown if found("aws_db_instance", {}, ["enabled_cloudwatch_logs_exports"]) == set()

test_no_audit if count(found("aws_rds_cluster", {"engine": "aurora-mysql", "enabled_cloudwatch_logs_exports": ["error"]}, [])) == 1

test_audit if found("aws_rds_cluster", {"engine": "aurora-mysql", "enabled_cloudwatch_logs_exports": ["audit"]}, []) == set()

test_one_unknown if {
	found("aws_rds_cluster", {"engine": "aurora-mysql", "enabled_cloudwatch_logs_exports": ["error", null]}, ["enabled_cloudwatch_logs_exports.1"]) == set()
}
