package wayleave.aws.iam.password_length_test

import data.wayleave.aws.iam.password_length

found(values, unknown) := answer if {
	answer := password_length.deny with input as {"resources": {"aws_iam_account_password_policy": [{"address": "p", "values": values, "unknown": unknown}]}}
}

test_short if count(found({"minimum_password_length": 8}, [])) == 1

test_left_out if count(found({}, [])) == 1

test_long if found({"minimum_password_length": "14"}, []) == set()

test_unknown if found({}, ["minimum_password_length"]) == set()
