package wayleave.aws.datasync.logging_test

import data.wayleave.aws.datasync.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_datasync_task": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["cloudwatch_log_group_arn", "options"],
		"links": {},
		"documents": {},
	}]}}
}
test_missing if count(found({}, [])) == 1

test_level_off if count(found({"cloudwatch_log_group_arn": "x", "options": [{"log_level": "OFF"}]}, [])) == 1

test_good if found({"cloudwatch_log_group_arn": "x", "options": [{"log_level": "BASIC"}]}, []) == set()

test_unknown if found({}, ["cloudwatch_log_group_arn", "options.0.log_level"]) == set()
