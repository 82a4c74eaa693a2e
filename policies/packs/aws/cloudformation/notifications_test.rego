package wayleave.aws.cloudformation.notifications_test

import data.wayleave.aws.cloudformation.notifications

found(values, unknown) := answer if {
	answer := notifications.deny with input as {"resources": {"aws_cloudformation_stack": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["notification_arns"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"notification_arns": ""}, [])) == 1

test_good if found({"notification_arns": "x"}, []) == set()

test_unknown if found({}, ["notification_arns"]) == set()

test_left_out if count(found({}, [])) == 1
