package wayleave.aws.ec2.open_egress_test

import data.wayleave.aws.ec2.open_egress

found(values) := answer if {
	answer := open_egress.deny with input as {"resources": {"aws_vpc_security_group_egress_rule": [{"address": "r", "values": values}]}}
}

test_everything if count(found({"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"})) == 1

test_https if found({"ip_protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_ipv4": "0.0.0.0/0"}) == set()

test_own_network if found({"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/8"}) == set()
