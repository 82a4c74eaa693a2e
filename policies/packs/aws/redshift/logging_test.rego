package wayleave.aws.redshift.logging_test

import data.wayleave.aws.redshift.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_redshift_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["logging"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"logging": [{"enable": false}]}, [])) == 1

test_good if found({"logging": [{"enable": true}]}, []) == set()

test_unknown if found({}, ["logging.0.enable"]) == set()

test_left_out if count(found({}, [])) == 1
