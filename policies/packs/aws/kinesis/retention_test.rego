package wayleave.aws.kinesis.retention_test

import data.wayleave.aws.kinesis.retention

found(values, unknown) := answer if {
	answer := retention.deny with input as {"resources": {"aws_kinesis_stream": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["retention_period"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"retention_period": 71}, [])) == 1

test_good if found({"retention_period": 72}, []) == set()

test_unknown if found({}, ["retention_period"]) == set()

test_left_out if count(found({}, [])) == 1
