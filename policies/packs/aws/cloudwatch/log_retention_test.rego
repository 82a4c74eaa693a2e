package wayleave.aws.cloudwatch.log_retention_test

import data.wayleave.aws.cloudwatch.log_retention

found(values, unknown) := answer if {
	answer := log_retention.deny with input as {"resources": {"aws_cloudwatch_log_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["retention_in_days"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"retention_in_days": 0}, [])) == 1

test_good if found({"retention_in_days": "x-good"}, []) == set()

test_unknown if found({}, ["retention_in_days"]) == set()

test_left_out if count(found({}, [])) == 1
