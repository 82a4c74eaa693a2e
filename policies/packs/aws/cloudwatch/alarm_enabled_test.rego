package wayleave.aws.cloudwatch.alarm_enabled_test

import data.wayleave.aws.cloudwatch.alarm_enabled

found(values, unknown) := answer if {
	answer := alarm_enabled.deny with input as {"resources": {"aws_cloudwatch_metric_alarm": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["actions_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"actions_enabled": false}, [])) == 1

test_good if found({"actions_enabled": true}, []) == set()

test_unknown if found({}, ["actions_enabled"]) == set()

test_left_out if found({}, []) == set()
