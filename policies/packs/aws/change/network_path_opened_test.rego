package wayleave.aws.change.network_path_opened_test

import data.wayleave.aws.change.network_path_opened

found(changes) := answer if {
	answer := network_path_opened.deny with input as {"changes": changes, "resources": {}}
}

severities(changes) := [finding.severity | some finding in found(changes)]

open(port) := {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": ["0.0.0.0/0"]}

group(before, after) := {"aws_security_group": [{"address": "g", "actions": ["update"], "before": {"id": "sg-1", "ingress": before}, "after": {"id": "sg-1", "ingress": after}, "unknown": []}]}

test_opened if severities(group([], [open(22)])) == ["medium"]

test_opened_wide if severities(group([], [{"protocol": "-1", "from_port": 0, "to_port": 0, "ipv6_cidr_blocks": ["::/0"]}])) == ["high"]

test_website if severities(group([], [open(443)])) == ["low"]

test_was_open if found(group([open(22)], [object.union(open(22), {"description": "x"})])) == set()

test_was_wider if found(group([{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}], [open(22)])) == set()

test_closed if found(group([open(22)], [])) == set()

test_private if found(group([], [object.union(open(22), {"cidr_blocks": ["10.0.0.0/8"]})])) == set()

rule(before, after) := {"address": "r", "actions": ["create"], "before": before, "after": after, "unknown": []}

newer := {"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "0.0.0.0/0"}

test_rule_added if count(found({"aws_vpc_security_group_ingress_rule": [rule(null, newer)]})) == 1

test_rule_in_another_form if {
	older := object.union(open(22), {"security_group_id": "sg-1", "type": "ingress"})
	found({"aws_vpc_security_group_ingress_rule": [rule(null, newer)], "aws_security_group_rule": [rule(older, null)]}) == set()
}

test_acl if {
	allowed := {"rule_action": "allow", "egress": false, "protocol": "-1", "cidr_block": "0.0.0.0/0"}
	count(found({"aws_network_acl_rule": [rule(null, allowed)]})) == 1
	found({"aws_network_acl_rule": [rule(null, object.union(allowed, {"rule_action": "deny"}))]}) == set()
}

test_route if {
	count(found({"aws_route": [rule(null, {"destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"})]})) == 1
	found({"aws_route": [rule(null, {"destination_cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1"})]}) == set()
	found({"aws_route": [rule(null, {"destination_cidr_block": "10.0.0.0/8", "gateway_id": "igw-1"})]}) == set()
}

test_route_to_a_new_gateway if {
	resources := {"aws_route": [{"address": "r", "links": {"gateway_id": ["aws_internet_gateway.main"]}}]}
	changes := {"aws_route": [rule(null, {"destination_cidr_block": "0.0.0.0/0"})]}
	answer := network_path_opened.deny with input as {"changes": changes, "resources": resources}
	count(answer) == 1
}

test_route_table if {
	route := {"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}
	changed := {"address": "t", "actions": ["update"], "before": {"route": []}, "after": {"route": [route]}, "unknown": []}
	count(found({"aws_route_table": [changed]})) == 1
}
