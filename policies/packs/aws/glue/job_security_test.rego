package wayleave.aws.glue.job_security_test

import data.wayleave.aws.glue.job_security

found(values, unknown) := answer if {
	answer := job_security.deny with input as {"resources": {"aws_glue_job": [{
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
