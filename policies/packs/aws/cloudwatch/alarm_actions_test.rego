package wayleave.aws.cloudwatch.alarm_actions_test

import data.wayleave.aws.cloudwatch.alarm_actions

found(values, unknown) := answer if {
	answer := alarm_actions.deny with input as {"resources": {"aws_cloudwatch_metric_alarm": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["alarm_actions"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"alarm_actions": ""}, [])) == 1

test_good if found({"alarm_actions": "x"}, []) == set()

test_unknown if found({}, ["alarm_actions"]) == set()

test_left_out if count(found({}, [])) == 1
