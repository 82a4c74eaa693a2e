package wayleave.aws.ec2.open_database_ports_test

import data.wayleave.aws.ec2.open_database_ports

inline(rule) := {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}

open(port) := {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": ["0.0.0.0/0"]}

found(rule) := answer if {
	answer := open_database_ports.deny with input as inline(rule)
}

test_open if count(found(open(5432))) == 1

test_other_port if found(open(443)) == set()

test_unknown_addresses if found(object.remove(open(5432), ["cidr_blocks"])) == set()

test_unknown_neighbour_hides_nothing if count(found(object.union(open(5432), {"cidr_blocks": [null, "0.0.0.0/0"]}))) == 1

test_parameter if {
	answer := open_database_ports.deny with input as inline(open(443)) with data.parameters as {"WL-AWS-EC2-004": {"ports": {"tcp/443": "ours"}}}
	count(answer) == 1
}
