package wayleave.aws.sns.delivery_https_test

import data.wayleave.aws.sns.delivery_https

found(values, unknown) := answer if {
	answer := delivery_https.deny with input as {"resources": {"aws_sns_topic_subscription": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["protocol"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"protocol": "http"}, [])) == 1

test_good if found({"protocol": "x-good"}, []) == set()

test_unknown if found({}, ["protocol"]) == set()

test_left_out if found({}, []) == set()
