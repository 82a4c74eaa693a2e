package wayleave.aws.emr.block_public_access_test

import data.wayleave.aws.emr.block_public_access

found(values, unknown) := answer if {
	answer := block_public_access.deny with input as {"resources": {"aws_emr_block_public_access_configuration": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["block_public_security_group_rules"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"block_public_security_group_rules": false}, [])) == 1

test_good if found({"block_public_security_group_rules": true}, []) == set()

test_unknown if found({}, ["block_public_security_group_rules"]) == set()

test_left_out if count(found({}, [])) == 1
