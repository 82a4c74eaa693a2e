package wayleave.aws.cognito.password_policy_test

import data.wayleave.aws.cognito.password_policy

found(values, unknown) := answer if {
	answer := password_policy.deny with input as {"resources": {"aws_cognito_user_pool": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["password_policy"],
		"links": {},
		"documents": {},
	}]}}
}
test_short if count(found({"password_policy": [{"minimum_length": 6, "require_lowercase": true, "require_uppercase": true, "require_numbers": true, "require_symbols": true}]}, [])) == 1

test_of_few_kinds if count(found({"password_policy": [{"minimum_length": 12, "require_lowercase": true, "require_uppercase": true, "require_numbers": true}]}, [])) == 1

test_good if found({"password_policy": [{"minimum_length": 12, "require_lowercase": true, "require_uppercase": true, "require_numbers": true, "require_symbols": true}]}, []) == set()

test_left_out if found({}, []) == set()

test_unknown if found({"password_policy": [{}]}, ["password_policy.0"]) == set()
