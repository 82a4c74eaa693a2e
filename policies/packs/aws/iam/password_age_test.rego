package wayleave.aws.iam.password_age_test

import data.wayleave.aws.iam.password_age

found(values, unknown) := answer if {
	answer := password_age.deny with input as {"resources": {"aws_iam_account_password_policy": [{"address": "p", "values": values, "unknown": unknown}]}}
}

test_never if {
	some finding in found({}, [])
	finding.message == "passwords never expire"
}

test_late if count(found({"max_password_age": 365}, [])) == 1

test_soon if found({"max_password_age": 90}, []) == set()

test_unknown if found({}, ["max_password_age"]) == set()
