package wayleave.lib.network_test

import data.wayleave.lib.network

inline(rule) := answer if {
	answer := network.ingress with input as {"resources": {"aws_security_group": [{"address": "g", "values": {"ingress": [rule]}}]}}
}

test_inline if {
	some rule in inline({"protocol": "TCP", "from_port": "22", "to_port": 22, "cidr_blocks": ["0.0.0.0/0", null], "ipv6_cidr_blocks": ["::/0"]})
	rule.protocol == "tcp"
	rule.from_port == 22
	rule.path == "ingress.0"
	network.world(rule) == {"0.0.0.0/0", "::/0"}
	network.covers(rule, 22)
	not network.covers(rule, 23)
	network.ports_text(rule) == "port 22"
}

test_protocol_numbers if {
	every written, name in {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "ALL": "all", "50": "50"} {
		network.protocol(written) == name
	}
	network.protocol(-1) == "all"
	network.protocol(null) == ""
}

test_every_port if {
	some rule in inline({"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["10.0.0.0/8"]})
	network.covers_every_port(rule)
	network.covers_of(rule, 53, "udp")
}

test_udp_is_not_tcp if {
	some rule in inline({"protocol": "udp", "from_port": 1, "to_port": 100})
	network.covers_of(rule, 53, "udp")
	not network.covers(rule, 53)
}

test_unknown_ports_cover_nothing if {
	some rule in inline({"protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]})
	not network.covers(rule, 22)
}

test_newer if {
	some rule in network.egress with input as {"resources": {"aws_vpc_security_group_egress_rule": [{
		"address": "r",
		"values": {"ip_protocol": "tcp", "from_port": 1, "to_port": 65535, "prefix_list_id": "pl-1"},
	}]}}
	network.covers_every_port(rule)
	rule.prefix_lists == {"pl-1"}
	rule.cidrs == set()
}

acl(values) := answer if {
	answer := network.acl_rules("ingress") with input as {"resources": {"aws_network_acl_rule": [{"address": "r", "values": values}]}}
}

test_acl if {
	some rule in acl({"rule_action": "ALLOW", "rule_number": 100, "protocol": -1, "cidr_block": "0.0.0.0/0"})
	rule.action == "allow"
	rule.protocol == "all"
	network.world(rule) == {"0.0.0.0/0"}
}

test_acl_egress if acl({"rule_action": "allow", "egress": true, "protocol": "tcp"}) == set()

test_inline_acl if {
	some rule in network.acl_rules("egress") with input as {"resources": {"aws_default_network_acl": [{
		"address": "a",
		"values": {"egress": [{"action": "allow", "rule_no": 1, "protocol": "6", "ipv6_cidr_block": "::/0", "from_port": 22, "to_port": 22}]},
	}]}}
	network.covers(rule, 22)
}

test_world if {
	every cidr in ["0.0.0.0/0", "::/0", "128.0.0.0/1"] {
		network.is_world(cidr)
	}
	not network.is_world("10.0.0.0/8")
	not network.is_world("nonsense")
}

test_private if {
	every cidr in ["10.1.0.0/16", "192.168.1.1/32", "fd00::/8"] {
		network.is_private(cidr)
		not network.is_public(cidr)
	}
	every cidr in ["8.8.8.0/24", "0.0.0.0/0", "2001:db8::/32", "8.0.0.0/6"] {
		network.is_public(cidr)
	}
	not network.is_public("nonsense")
}
