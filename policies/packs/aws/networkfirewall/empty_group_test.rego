package wayleave.aws.networkfirewall.empty_group_test

import data.wayleave.aws.networkfirewall.empty_group

found(values, unknown) := answer if {
	answer := empty_group.deny with input as {"resources": {"aws_networkfirewall_rule_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["rule_group", "rules", "type"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"type": "STATELESS", "rule_group": [{}]}, [])) == 1

test_good if found({"type": "STATELESS", "rule_group": [{"rules_source": [{"stateless_rules_and_custom_actions": [{"stateless_rule": [{"priority": 1}]}]}]}]}, []) == set()

test_other if found({"type": "STATEFUL"}, []) == set()

test_as_text if found({"type": "STATELESS", "rules": "x"}, []) == set()

test_unknown if found({"type": "STATELESS"}, ["rule_group"]) == set()
