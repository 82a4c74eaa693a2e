package wayleave.aws.neptune.snapshot_encryption_test

import data.wayleave.aws.neptune.snapshot_encryption

found(values, unknown) := answer if {
	answer := snapshot_encryption.deny with input as {"resources": {"aws_neptune_cluster_snapshot": [{
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
