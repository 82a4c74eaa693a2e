package wayleave.aws.rds.iam_authentication_test

import data.wayleave.aws.rds.iam_authentication

found(values, unknown) := answer if {
	answer := iam_authentication.deny with input as {"resources": {"aws_db_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["iam_database_authentication_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"iam_database_authentication_enabled": false}, [])) == 1

test_good if found({"iam_database_authentication_enabled": true}, []) == set()

test_unknown if found({}, ["iam_database_authentication_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
