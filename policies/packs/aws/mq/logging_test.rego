package wayleave.aws.mq.logging_test

import data.wayleave.aws.mq.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_mq_broker": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["logs"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"logs": [{"general": false}]}, [])) == 1

test_good if found({"logs": [{"general": true}]}, []) == set()

test_unknown if found({}, ["logs.0.general"]) == set()

test_left_out if count(found({}, [])) == 1
