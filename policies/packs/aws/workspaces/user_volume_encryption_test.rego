package wayleave.aws.workspaces.user_volume_encryption_test

import data.wayleave.aws.workspaces.user_volume_encryption

found(values, unknown) := answer if {
	answer := user_volume_encryption.deny with input as {"resources": {"aws_workspaces_workspace": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["user_volume_encryption_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"user_volume_encryption_enabled": false}, [])) == 1

test_good if found({"user_volume_encryption_enabled": true}, []) == set()

test_unknown if found({}, ["user_volume_encryption_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
