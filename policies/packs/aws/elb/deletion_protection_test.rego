package wayleave.aws.elb.deletion_protection_test

import data.wayleave.aws.elb.deletion_protection

found(values, unknown) := answer if {
	answer := deletion_protection.deny with input as {"resources": {"aws_lb": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enable_deletion_protection"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enable_deletion_protection": false}, [])) == 1

test_good if found({"enable_deletion_protection": true}, []) == set()

test_unknown if found({}, ["enable_deletion_protection"]) == set()

test_left_out if count(found({}, [])) == 1
