package wayleave.aws.iam.password_reuse_test

import data.wayleave.aws.iam.password_reuse

found(values, unknown) := answer if {
	answer := password_reuse.deny with input as {"resources": {"aws_iam_account_password_policy": [{"address": "p", "values": values, "unknown": unknown}]}}
}

test_few if count(found({"password_reuse_prevention": 5}, [])) == 1

test_left_out if count(found({}, [])) == 1

test_enough if found({"password_reuse_prevention": 24}, []) == set()

test_unknown if found({}, ["password_reuse_prevention"]) == set()
