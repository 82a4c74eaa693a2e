package wayleave.aws.rds.global_encryption_test

import data.wayleave.aws.rds.global_encryption

found(values, unknown) := answer if {
	answer := global_encryption.deny with input as {"resources": {"aws_rds_global_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["storage_encrypted"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"storage_encrypted": false}, [])) == 1

test_good if found({"storage_encrypted": true}, []) == set()

test_unknown if found({}, ["storage_encrypted"]) == set()

test_left_out if count(found({}, [])) == 1
