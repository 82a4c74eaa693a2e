package wayleave.aws.ec2.open_other_ports_test

import data.wayleave.aws.ec2.open_other_ports

inline(rule) := {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}

open(port) := {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": ["0.0.0.0/0"]}

found(rule) := answer if {
	answer := open_other_ports.deny with input as inline(rule)
}

test_open if count(found(open(8080))) == 1

test_other_port if found(open(9999)) == set()

test_unknown_addresses if found(object.remove(open(8080), ["cidr_blocks"])) == set()

test_unknown_neighbour_hides_nothing if count(found(object.union(open(8080), {"cidr_blocks": [null, "0.0.0.0/0"]}))) == 1

test_parameter if {
	answer := open_other_ports.deny with input as inline(open(9999)) with data.parameters as {"WL-AWS-EC2-005": {"ports": {"tcp/9999": "ours"}}}
	count(answer) == 1
}

test_web_is_less_grave if {
	some finding in found(open(443))
	finding.severity == "low"
	finding.aliases == ["AC_AWS_0229"]
}
