package wayleave.aws.rds.encryption_test

import data.wayleave.aws.rds.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_db_instance": [{
		"address": "d",
		"values": values,
		"unknown": unknown,
		"written": ["engine", "storage_encrypted", "snapshot_identifier"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_off if count(found({"storage_encrypted": false}, [])) == 1

test_on if found({"storage_encrypted": true}, []) == set()

test_unknown if found({}, ["storage_encrypted"]) == set()

test_restored if found({"snapshot_identifier": "s"}, []) == set()

test_perhaps_restored if found({}, ["snapshot_identifier"]) == set()
