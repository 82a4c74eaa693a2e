package wayleave.aws.ebs.customer_key_test

import data.wayleave.aws.ebs.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_ebs_volume": [{
		"address": "v",
		"values": values,
		"unknown": unknown,
		"written": ["encrypted", "kms_key_id"],
	}]}}
}

test_no_key if count(found({"encrypted": true}, [])) == 1

test_unknown_key if found({"encrypted": true}, ["kms_key_id"]) == set()

test_not_encrypted_is_another_rule if found({}, []) == set()
