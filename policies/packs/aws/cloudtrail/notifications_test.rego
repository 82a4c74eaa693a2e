package wayleave.aws.cloudtrail.notifications_test

import data.wayleave.aws.cloudtrail.notifications

found(values, unknown) := answer if {
	answer := notifications.deny with input as {"resources": {"aws_cloudtrail": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["sns_topic_name"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"sns_topic_name": ""}, [])) == 1

test_good if found({"sns_topic_name": "x"}, []) == set()

test_unknown if found({}, ["sns_topic_name"]) == set()

test_left_out if count(found({}, [])) == 1
