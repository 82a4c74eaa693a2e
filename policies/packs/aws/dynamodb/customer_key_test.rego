package wayleave.aws.dynamodb.customer_key_test

import data.wayleave.aws.dynamodb.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_dynamodb_table": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["server_side_encryption"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"server_side_encryption": [{"kms_key_arn": ""}]}, [])) == 1

test_good if found({"server_side_encryption": [{"kms_key_arn": "x"}]}, []) == set()

test_unknown if found({}, ["server_side_encryption.0.kms_key_arn"]) == set()

test_left_out if count(found({}, [])) == 1
