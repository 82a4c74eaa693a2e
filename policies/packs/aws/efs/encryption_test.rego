package wayleave.aws.efs.encryption_test

import data.wayleave.aws.efs.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_efs_file_system": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encrypted"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_off if count(found({"encrypted": false}, [])) == 1

test_on if found({"encrypted": true}, []) == set()

test_unknown if found({}, ["encrypted"]) == set()
