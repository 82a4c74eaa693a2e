package wayleave.aws.ec2.open_unlisted_port_test

import data.wayleave.aws.ec2.open_unlisted_port

found(port) := answer if {
	rule := {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": ["0.0.0.0/0"]}
	answer := open_unlisted_port.deny with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

test_unusual if count(found(12345)) == 1

test_listed if {
	every port in [22, 443, 5432] {
		found(port) == set()
	}
}
