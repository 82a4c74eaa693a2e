package wayleave.aws.appsync.authentication_test

import data.wayleave.aws.appsync.authentication

found(values, unknown) := answer if {
	answer := authentication.deny with input as {"resources": {"aws_appsync_graphql_api": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["authentication_type"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"authentication_type": "API_KEY"}, [])) == 1

test_good if found({"authentication_type": "x-good"}, []) == set()

test_unknown if found({}, ["authentication_type"]) == set()

test_left_out if found({}, []) == set()
