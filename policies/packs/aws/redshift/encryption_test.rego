package wayleave.aws.redshift.encryption_test

import data.wayleave.aws.redshift.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_redshift_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encrypted"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encrypted": false}, [])) == 1

test_good if found({"encrypted": true}, []) == set()

test_unknown if found({}, ["encrypted"]) == set()

test_left_out if count(found({}, [])) == 1
