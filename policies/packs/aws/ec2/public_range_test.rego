package wayleave.aws.ec2.public_range_test

import data.wayleave.aws.ec2.public_range

found(protocol, port, cidr) := answer if {
	rule := {"protocol": protocol, "from_port": port, "to_port": port, "cidr_blocks": [cidr]}
	answer := public_range.deny with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

test_large if {
	some finding in found("tcp", 22, "203.0.113.0/24")
	finding.aliases == ["AC_AWS_0319"]
}

test_every_port if count(found("-1", 0, "203.0.113.0/24")) == 1

test_small if found("tcp", 22, "203.0.113.7/32") == set()

test_private if found("tcp", 22, "10.0.0.0/8") == set()

test_world_is_another_rule if found("tcp", 22, "0.0.0.0/0") == set()

test_web if found("tcp", 443, "203.0.113.0/24") == set()
