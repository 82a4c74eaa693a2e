package wayleave.aws.athena.result_encryption_test

import data.wayleave.aws.athena.result_encryption

found(values, unknown) := answer if {
	answer := result_encryption.deny with input as {"resources": {"aws_athena_workgroup": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"configuration": [{"result_configuration": [{"encryption_configuration": ""}]}]}, [])) == 1

test_good if found({"configuration": [{"result_configuration": [{"encryption_configuration": "x"}]}]}, []) == set()

test_unknown if found({}, ["configuration.0.result_configuration.0.encryption_configuration"]) == set()

test_left_out if count(found({}, [])) == 1
