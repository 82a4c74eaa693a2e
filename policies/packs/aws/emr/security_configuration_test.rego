package wayleave.aws.emr.security_configuration_test

import data.wayleave.aws.emr.security_configuration

found(values, unknown) := answer if {
	answer := security_configuration.deny with input as {"resources": {"aws_emr_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["security_configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"security_configuration": ""}, [])) == 1

test_good if found({"security_configuration": "x"}, []) == set()

test_unknown if found({}, ["security_configuration"]) == set()

test_left_out if count(found({}, [])) == 1
