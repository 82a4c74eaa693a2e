package wayleave.aws.neptune.encryption_test

import data.wayleave.aws.neptune.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_neptune_cluster": [{
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
