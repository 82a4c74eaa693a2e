package wayleave.aws.redshift.customer_key_test

import data.wayleave.aws.redshift.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_redshift_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["kms_key_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encrypted": true, "kms_key_id": ""}, [])) == 1

test_good if found({"encrypted": true, "kms_key_id": "x"}, []) == set()

test_unknown if found({"encrypted": true}, ["kms_key_id"]) == set()

test_left_out if count(found({"encrypted": true}, [])) == 1
