package wayleave.aws.ec2.public_address_test

import data.wayleave.aws.ec2.public_address

found(kind, values) := answer if {
	answer := public_address.deny with input as {"resources": {kind: [{"address": "i", "values": values}]}}
}

test_instance if count(found("aws_instance", {"associate_public_ip_address": true})) == 1

test_template if count(found("aws_launch_template", {"network_interfaces": [{"associate_public_ip_address": "true"}]})) == 1

test_left_out if found("aws_instance", {}) == set()
