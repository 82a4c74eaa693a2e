package wayleave.aws.ec2.open_admin_ports_test

import data.wayleave.aws.ec2.open_admin_ports

inline(rule) := {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}

open(port) := {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": ["0.0.0.0/0"]}

found(rule) := answer if {
	answer := open_admin_ports.deny with input as inline(rule)
}

test_open if count(found(open(22))) == 1

test_other_port if found(open(443)) == set()

test_unknown_addresses if found(object.remove(open(22), ["cidr_blocks"])) == set()

test_unknown_neighbour_hides_nothing if count(found(object.union(open(22), {"cidr_blocks": [null, "0.0.0.0/0"]}))) == 1

test_parameter if {
	answer := open_admin_ports.deny with input as inline(open(443)) with data.parameters as {"WL-AWS-EC2-001": {"ports": {"tcp/443": "ours"}}}
	count(answer) == 1
}

separate(kind, values) := answer if {
	answer := open_admin_ports.deny with input as {"resources": {kind: [{"address": "r", "values": values}]}}
}

test_separate if count(separate("aws_security_group_rule", object.union(open(3389), {"type": "ingress"}))) == 1

test_separate_egress if separate("aws_security_group_rule", object.union(open(3389), {"type": "egress"})) == set()

test_newer if count(separate("aws_vpc_security_group_ingress_rule", {"ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv6": "::/0"})) == 1

test_half_of_the_internet if count(found(object.union(open(22), {"cidr_blocks": ["128.0.0.0/1"]}))) == 1
