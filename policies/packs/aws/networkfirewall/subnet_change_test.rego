package wayleave.aws.networkfirewall.subnet_change_test

import data.wayleave.aws.networkfirewall.subnet_change

found(values, unknown) := answer if {
	answer := subnet_change.deny with input as {"resources": {"aws_networkfirewall_firewall": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["subnet_change_protection"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"subnet_change_protection": false}, [])) == 1

test_good if found({"subnet_change_protection": true}, []) == set()

test_unknown if found({}, ["subnet_change_protection"]) == set()

test_left_out if count(found({}, [])) == 1
