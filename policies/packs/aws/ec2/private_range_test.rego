package wayleave.aws.ec2.private_range_test

import data.wayleave.aws.ec2.private_range

found(port, cidr) := answer if {
	rule := {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": [cidr]}
	answer := private_range.deny with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

test_large if {
	some finding in found(22, "10.0.0.0/8")
	finding.aliases == ["AC_AWS_0320"]
}

test_small if found(22, "10.1.0.0/16") == set()

test_public if found(22, "8.0.0.0/8") == set()
