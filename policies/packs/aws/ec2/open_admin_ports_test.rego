package wayleave.aws.ec2.open_admin_ports_test

import data.wayleave.aws.ec2.open_admin_ports

inline(rule) := answer if {
	answer := open_admin_ports.deny with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

separate(values) := answer if {
	answer := open_admin_ports.deny with input as {"resources": {"aws_security_group_rule": [{"address": "r", "values": values}]}}
}

newer(values) := answer if {
	answer := open_admin_ports.deny with input as {"resources": {"aws_vpc_security_group_ingress_rule": [{"address": "r", "values": values}]}}
}

tcp(from, to, cidrs) := {"protocol": "tcp", "from_port": from, "to_port": to, "cidr_blocks": cidrs}

test_ssh if count(inline(tcp(22, 22, ["10.0.0.0/8", "0.0.0.0/0"]))) == 1

test_range_with_both if count(inline(tcp(1000, 4000, ["0.0.0.0/0"]))) == 1

test_half_of_the_internet if count(inline(tcp(22, 22, ["128.0.0.0/1"]))) == 1

test_https if inline(tcp(443, 443, ["0.0.0.0/0"])) == set()

test_udp if inline(object.union(tcp(22, 22, ["0.0.0.0/0"]), {"protocol": "udp"})) == set()

test_every_port_is_one_finding if count(inline(tcp(0, 65535, ["0.0.0.0/0"]))) == 1

test_ipv6 if count(inline({"protocol": "-1", "from_port": 0, "to_port": 0, "ipv6_cidr_blocks": ["::/0"]})) == 1

test_unknown_addresses if inline({"protocol": "tcp", "from_port": 22, "to_port": 22}) == set()

test_unknown_neighbour_hides_nothing if count(inline(tcp(22, 22, [null, "0.0.0.0/0"]))) == 1

test_separate if count(separate(object.union(tcp(3389, 3389, ["0.0.0.0/0"]), {"type": "ingress"}))) == 1

test_separate_egress if separate(object.union(tcp(3389, 3389, ["0.0.0.0/0"]), {"type": "egress"})) == set()

test_newer if count(newer({"ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv6": "::/0"})) == 1

test_newer_every_port if count(newer({"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"})) == 1
