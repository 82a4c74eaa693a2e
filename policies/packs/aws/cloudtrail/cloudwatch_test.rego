package wayleave.aws.cloudtrail.cloudwatch_test

import data.wayleave.aws.cloudtrail.cloudwatch

found(values, unknown) := answer if {
	answer := cloudwatch.deny with input as {"resources": {"aws_cloudtrail": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["cloud_watch_logs_group_arn"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"cloud_watch_logs_group_arn": ""}, [])) == 1

test_good if found({"cloud_watch_logs_group_arn": "x"}, []) == set()

test_unknown if found({}, ["cloud_watch_logs_group_arn"]) == set()

test_left_out if count(found({}, [])) == 1
