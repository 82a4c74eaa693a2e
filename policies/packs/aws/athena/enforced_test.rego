package wayleave.aws.athena.enforced_test

import data.wayleave.aws.athena.enforced

found(values, unknown) := answer if {
	answer := enforced.deny with input as {"resources": {"aws_athena_workgroup": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"configuration": [{"enforce_workgroup_configuration": false}]}, [])) == 1

test_good if found({"configuration": [{"enforce_workgroup_configuration": true}]}, []) == set()

test_unknown if found({}, ["configuration.0.enforce_workgroup_configuration"]) == set()

test_left_out if found({}, []) == set()
