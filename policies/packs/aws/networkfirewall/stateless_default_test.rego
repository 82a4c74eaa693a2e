package wayleave.aws.networkfirewall.stateless_default_test

import data.wayleave.aws.networkfirewall.stateless_default

found(values, unknown) := answer if {
	answer := stateless_default.deny with input as {"resources": {"aws_networkfirewall_firewall_policy": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["firewall_policy"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"firewall_policy": [{"stateless_default_actions": ["aws:pass"]}]}, [])) == 1

test_both if count(found({"firewall_policy": [{"stateless_default_actions": ["aws:pass"], "stateless_fragment_default_actions": ["aws:pass"]}]}, [])) == 2

test_good if found({"firewall_policy": [{"stateless_default_actions": ["aws:drop"]}]}, []) == set()

test_unknown if found({"firewall_policy": [{}]}, ["firewall_policy.0.stateless_default_actions"]) == set()
