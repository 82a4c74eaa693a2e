package wayleave.aws.ec2.open_acl_test

import data.wayleave.aws.ec2.open_acl

allow := {"action": "allow", "rule_no": 100, "protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_block": "0.0.0.0/0"}

found(rules) := answer if {
	answer := open_acl.deny with input as {"resources": {"aws_network_acl": [{"address": "a", "values": {"ingress": rules}}]}}
}

test_open if count(found([allow])) == 1

test_every_port if {
	some finding in found([object.union(allow, {"protocol": "-1", "from_port": 0, "to_port": 0})])
	finding.severity == "low"
}

test_denied if found([object.union(allow, {"action": "deny"})]) == set()

test_denied_before if found([allow, object.union(allow, {"action": "deny", "rule_no": 50})]) == set()

test_denied_too_late if count(found([allow, object.union(allow, {"action": "deny", "rule_no": 200})])) == 1

test_private if found([object.union(allow, {"cidr_block": "10.0.0.0/8"})]) == set()

test_web if found([object.union(allow, {"from_port": 443, "to_port": 443})]) == set()

test_egress if {
	open_acl.deny == set() with input as {"resources": {"aws_network_acl": [{"address": "a", "values": {"egress": [allow]}}]}}
}
