package wayleave.aws.sqs.encryption_test

import data.wayleave.aws.sqs.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_sqs_queue": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["sqs_managed_sse_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"sqs_managed_sse_enabled": false}, [])) == 1

test_good if found({"sqs_managed_sse_enabled": true}, []) == set()

test_unknown if found({}, ["sqs_managed_sse_enabled"]) == set()

test_left_out if found({}, []) == set()
