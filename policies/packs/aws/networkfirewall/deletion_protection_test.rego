package wayleave.aws.networkfirewall.deletion_protection_test

import data.wayleave.aws.networkfirewall.deletion_protection

found(values, unknown) := answer if {
	answer := deletion_protection.deny with input as {"resources": {"aws_networkfirewall_firewall": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["delete_protection"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"delete_protection": false}, [])) == 1

test_good if found({"delete_protection": true}, []) == set()

test_unknown if found({}, ["delete_protection"]) == set()

test_left_out if count(found({}, [])) == 1
