package wayleave.aws.ec2.disk_encryption_test

import data.wayleave.aws.ec2.disk_encryption

found(kind, values, unknown) := answer if {
	answer := disk_encryption.deny with input as {"resources": {kind: [{
		"address": "i",
		"values": values,
		"unknown": unknown,
		"written": ["root_block_device", "ebs_block_device", "block_device_mappings", "launch_template"],
	}]}}
}

test_off if [one.message | some one in found("aws_instance", {"root_block_device": [{"volume_size": 8}]}, [])] == ["the disk of the root is not encrypted"]

test_on if found("aws_instance", {"root_block_device": [{"encrypted": true}]}, []) == set()

test_nothing_written if [one.severity | some one in found("aws_instance", {}, [])] == ["low"]

test_unknown if found("aws_instance", {"root_block_device": [{}]}, ["root_block_device.0.encrypted"]) == set()

test_template if count(found("aws_launch_template", {"block_device_mappings": [{"device_name": "/dev/xvda", "ebs": [{"encrypted": "false"}]}]}, [])) == 1

test_template_without_disks if found("aws_launch_template", {}, []) == set()
