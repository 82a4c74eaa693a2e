package wayleave.aws.cognito.guests_test

import data.wayleave.aws.cognito.guests

found(values, unknown) := answer if {
	answer := guests.deny with input as {"resources": {"aws_cognito_identity_pool": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["allow_unauthenticated_identities"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"allow_unauthenticated_identities": true}, [])) == 1

test_good if found({"allow_unauthenticated_identities": false}, []) == set()

test_unknown if found({}, ["allow_unauthenticated_identities"]) == set()

test_left_out if found({}, []) == set()
