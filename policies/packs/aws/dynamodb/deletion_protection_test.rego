package wayleave.aws.dynamodb.deletion_protection_test

import data.wayleave.aws.dynamodb.deletion_protection

found(values, unknown) := answer if {
	answer := deletion_protection.deny with input as {"resources": {"aws_dynamodb_table": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["deletion_protection_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"deletion_protection_enabled": false}, [])) == 1

test_good if found({"deletion_protection_enabled": true}, []) == set()

test_unknown if found({}, ["deletion_protection_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
