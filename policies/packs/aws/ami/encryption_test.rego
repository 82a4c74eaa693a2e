package wayleave.aws.ami.encryption_test

import data.wayleave.aws.ami.encryption

found(block, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_ami": [{
		"address": "i",
		"values": {"ebs_block_device": [block]},
		"unknown": unknown,
		"written": ["ebs_block_device"],
	}]}}
}

test_left_out if count(found({"device_name": "/dev/xvda"}, [])) == 1

test_unknown if found({}, ["ebs_block_device.0.encrypted"]) == set()

test_of_a_snapshot if found({"snapshot_id": "snap-1"}, []) == set()

test_copy if {
	answer := encryption.deny with input as {"resources": {"aws_ami_copy": [{"address": "c", "values": {}, "unknown": [], "written": []}]}}
	count(answer) == 1
}
