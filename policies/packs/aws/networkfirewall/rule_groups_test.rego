package wayleave.aws.networkfirewall.rule_groups_test

import data.wayleave.aws.networkfirewall.rule_groups

found(values, unknown) := answer if {
	answer := rule_groups.deny with input as {"resources": {"aws_networkfirewall_firewall_policy": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["firewall_policy"],
		"links": {},
		"documents": {},
	}]}}
}
test_none if count(found({"firewall_policy": [{}]}, [])) == 1

test_good if found({"firewall_policy": [{"stateful_rule_group_reference": [{"resource_arn": "x"}]}]}, []) == set()

test_unknown if found({}, ["firewall_policy"]) == set()
