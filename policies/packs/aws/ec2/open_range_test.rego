package wayleave.aws.ec2.open_range_test

import data.wayleave.aws.ec2.open_range

found(from, to) := answer if {
	rule := {"protocol": "tcp", "from_port": from, "to_port": to, "cidr_blocks": ["0.0.0.0/0"]}
	answer := open_range.deny with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

test_wide if count(found(1024, 65535)) == 1

test_just_wide_enough if count(found(1, 11)) == 1

test_narrow if found(8080, 8089) == set()

test_every_port_is_another_rule if found(0, 65535) == set()
