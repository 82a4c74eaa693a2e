package wayleave.aws.ec2.whole_network_test

import data.wayleave.aws.ec2.whole_network

network := {"address": "n", "values": {"cidr_block": "10.1.0.0/16"}, "unknown": [], "links": {}}

found(ingress, links) := answer if {
	group := {"address": "g", "values": {"ingress": [ingress]}, "unknown": [], "links": links}
	answer := whole_network.deny with input as {"resources": {"aws_vpc": [network], "aws_security_group": [group]}}
		with data.parameters as {"WL-AWS-EC2-004": {"ports": {"tcp/3306": "MySQL", "tcp/5432": "PostgreSQL"}}}
}

rule(port, cidrs) := {"from_port": port, "to_port": port, "protocol": "tcp", "cidr_blocks": cidrs}

test_as_written if count(found(rule(3306, ["10.1.0.0/16"]), {})) == 1

test_old_id if {
	some finding in found(rule(3306, ["10.1.0.0/16"]), {})
	finding.aliases == ["AC_AWS_0295"]
}

test_as_referred_to if count(found(rule(3306, []), {"ingress.0.cidr_blocks.0": ["n"]})) == 1

test_other_port if found(rule(443, ["10.1.0.0/16"]), {}) == set()

test_a_part if found(rule(3306, ["10.1.4.0/24"]), {}) == set()

test_another_reference if found(rule(3306, []), {"ingress.0.cidr_blocks.0": ["s"]}) == set()

test_unknown if found(rule(3306, []), {}) == set()
