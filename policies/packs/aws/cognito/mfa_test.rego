package wayleave.aws.cognito.mfa_test

import data.wayleave.aws.cognito.mfa

found(values, unknown) := answer if {
	answer := mfa.deny with input as {"resources": {"aws_cognito_user_pool": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["mfa_configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"mfa_configuration": "OFF"}, [])) == 1

test_good if found({"mfa_configuration": "x-good"}, []) == set()

test_unknown if found({}, ["mfa_configuration"]) == set()

test_left_out if count(found({}, [])) == 1
