package wayleave.aws.rds.cluster_customer_key_test

import data.wayleave.aws.rds.cluster_customer_key

found(values, unknown) := answer if {
	answer := cluster_customer_key.deny with input as {"resources": {"aws_rds_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["kms_key_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"storage_encrypted": true, "kms_key_id": ""}, [])) == 1

test_good if found({"storage_encrypted": true, "kms_key_id": "x"}, []) == set()

test_unknown if found({"storage_encrypted": true}, ["kms_key_id"]) == set()

test_left_out if count(found({"storage_encrypted": true}, [])) == 1
