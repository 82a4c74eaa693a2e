package wayleave.aws.transfer.security_policy_test

import data.wayleave.aws.transfer.security_policy

found(values, unknown) := answer if {
	answer := security_policy.deny with input as {"resources": {"aws_transfer_server": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["security_policy_name"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"security_policy_name": "TransferSecurityPolicy-2018-11"}, [])) == 1

test_good if found({"security_policy_name": "x-good"}, []) == set()

test_unknown if found({}, ["security_policy_name"]) == set()

test_left_out if count(found({}, [])) == 1
