package wayleave.lib.ports_test

import data.wayleave.lib.ports

found(rule, names) := answer if {
	answer := ports.open_to_world(names) with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

open(protocol, from, to) := {"protocol": protocol, "from_port": from, "to_port": to, "cidr_blocks": ["0.0.0.0/0"]}

test_open if found(open("tcp", 22, 22), {"tcp/22": "SSH"}) == {{"address": "g", "message": "0.0.0.0/0 may connect on port 22 (SSH)", "aliases": ["AC_AWS_0227"]}}

test_range if count(found(open("tcp", 1000, 6000), {"tcp/3306": "MySQL", "tcp/5432": "PostgreSQL", "tcp/9200": "OpenSearch"})) == 2

test_udp if {
	some finding in found(open("udp", 161, 161), {"udp/161": "SNMP", "tcp/161": "x"})
	finding.message == "0.0.0.0/0 may connect on port 161 of UDP (SNMP)"
}

test_every_port if found(open("-1", 0, 0), {"tcp/22": "SSH"}) == set()

test_private if found(object.union(open("tcp", 22, 22), {"cidr_blocks": ["10.0.0.0/8"]}), {"tcp/22": "SSH"}) == set()
