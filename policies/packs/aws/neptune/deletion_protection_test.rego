package wayleave.aws.neptune.deletion_protection_test

import data.wayleave.aws.neptune.deletion_protection

found(values, unknown) := answer if {
	answer := deletion_protection.deny with input as {"resources": {"aws_neptune_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["deletion_protection"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"deletion_protection": false}, [])) == 1

test_good if found({"deletion_protection": true}, []) == set()

test_unknown if found({}, ["deletion_protection"]) == set()

test_left_out if count(found({}, [])) == 1
