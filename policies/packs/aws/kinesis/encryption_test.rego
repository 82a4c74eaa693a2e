package wayleave.aws.kinesis.encryption_test

import data.wayleave.aws.kinesis.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_kinesis_stream": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_type"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encryption_type": "x-bad"}, [])) == 1

test_good if found({"encryption_type": "KMS"}, []) == set()

test_unknown if found({}, ["encryption_type"]) == set()

test_left_out if count(found({}, [])) == 1
