package wayleave.aws.neptune.customer_key_test

import data.wayleave.aws.neptune.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_neptune_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["kms_key_arn"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"storage_encrypted": true, "kms_key_arn": ""}, [])) == 1

test_good if found({"storage_encrypted": true, "kms_key_arn": "x"}, []) == set()

test_unknown if found({"storage_encrypted": true}, ["kms_key_arn"]) == set()

test_left_out if count(found({"storage_encrypted": true}, [])) == 1
