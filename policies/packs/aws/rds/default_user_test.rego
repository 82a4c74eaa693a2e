package wayleave.aws.rds.default_user_test

import data.wayleave.aws.rds.default_user

found(values, unknown) := answer if {
	answer := default_user.deny with input as {"resources": {"aws_db_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["username"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"username": "admin"}, [])) == 1

test_good if found({"username": "x-good"}, []) == set()

test_unknown if found({}, ["username"]) == set()

test_left_out if found({}, []) == set()
