package wayleave.aws.ebs.volume_encryption_test

import data.wayleave.aws.ebs.volume_encryption

found(values, unknown, settings) := answer if {
	answer := volume_encryption.deny with input as {"resources": {
		"aws_ebs_volume": [{"address": "v", "values": values, "unknown": unknown, "written": ["encrypted", "snapshot_id"]}],
		"aws_ebs_encryption_by_default": settings,
	}}
}

test_left_out if count(found({}, [], [])) == 1

test_unknown if found({}, ["encrypted"], []) == set()

test_of_a_snapshot if found({}, ["snapshot_id"], []) == set()

test_off_though_of_a_snapshot if count(found({"encrypted": false}, ["snapshot_id"], [])) == 1

test_by_default if found({}, [], [{"address": "d", "values": {}}]) == set()
