package wayleave.aws.kinesis.firehose_encryption_test

import data.wayleave.aws.kinesis.firehose_encryption

found(values, unknown) := answer if {
	answer := firehose_encryption.deny with input as {"resources": {"aws_kinesis_firehose_delivery_stream": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["server_side_encryption"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"server_side_encryption": [{"enabled": false}]}, [])) == 1

test_good if found({"server_side_encryption": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["server_side_encryption.0.enabled"]) == set()

test_left_out if count(found({}, [])) == 1
