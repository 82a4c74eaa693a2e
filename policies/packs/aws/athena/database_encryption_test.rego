package wayleave.aws.athena.database_encryption_test

import data.wayleave.aws.athena.database_encryption

found(values, unknown) := answer if {
	answer := database_encryption.deny with input as {"resources": {"aws_athena_database": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encryption_configuration": ""}, [])) == 1

test_good if found({"encryption_configuration": "x"}, []) == set()

test_unknown if found({}, ["encryption_configuration"]) == set()

test_left_out if count(found({}, [])) == 1
