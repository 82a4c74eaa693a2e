package wayleave.aws.ebs.snapshot_copy_encryption_test

import data.wayleave.aws.ebs.snapshot_copy_encryption

found(values, unknown) := answer if {
	answer := snapshot_copy_encryption.deny with input as {"resources": {"aws_ebs_snapshot_copy": [{
		"address": "c",
		"values": values,
		"unknown": unknown,
		"written": ["encrypted"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_unknown if found({}, ["encrypted"]) == set()
