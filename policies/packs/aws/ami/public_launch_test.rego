package wayleave.aws.ami.public_launch_test

import data.wayleave.aws.ami.public_launch

found(values) := answer if {
	answer := public_launch.deny with input as {"resources": {"aws_ami_launch_permission": [{"address": "p", "values": values}]}}
		with data.parameters as {"WL-AWS-AMI-002": {"accounts": ["222222222222"]}}
}

test_everybody if [one.message | some one in found({"group": "all"})] == ["everybody may launch the image, and read its disks"]

test_a_stranger if [one.severity | some one in found({"account_id": "444444444444"})] == ["low"]

test_known if found({"account_id": "222222222222"}) == set()

test_unknown if found({}) == set()
