package wayleave.aws.ec2.open_all_ports_test

import data.wayleave.aws.ec2.open_all_ports

found(rule) := answer if {
	answer := open_all_ports.deny with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

open(protocol, from, to) := {"protocol": protocol, "from_port": from, "to_port": to, "cidr_blocks": ["0.0.0.0/0"]}

test_every_protocol if {
	some finding in found(open("-1", 0, 0))
	finding.message == "0.0.0.0/0 may connect on every port"
}

test_every_port if {
	some finding in found(open("tcp", 0, 65535))
	finding.message == "0.0.0.0/0 may connect on every port of TCP"
}

test_port_0_alone if found(open("tcp", 0, 0)) == set()

test_one_port if found(open("tcp", 443, 443)) == set()

test_private if found(object.union(open("-1", 0, 0), {"cidr_blocks": ["10.0.0.0/8"]})) == set()

test_ipv6 if count(found({"protocol": "-1", "from_port": 0, "to_port": 0, "ipv6_cidr_blocks": ["::/0"]})) == 1
