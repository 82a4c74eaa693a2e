package wayleave.aws.backup.customer_key_test

import data.wayleave.aws.backup.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_backup_vault": [{
		"address": "v",
		"values": values,
		"unknown": unknown,
		"written": ["name", "kms_key_arn"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_set if found({"kms_key_arn": "k"}, []) == set()

test_unknown if found({}, ["kms_key_arn"]) == set()
