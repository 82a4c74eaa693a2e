package wayleave.aws.msk.unauthenticated_test

import data.wayleave.aws.msk.unauthenticated

found(values, unknown) := answer if {
	answer := unauthenticated.deny with input as {"resources": {"aws_msk_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["client_authentication"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"client_authentication": [{"unauthenticated": true}]}, [])) == 1

test_good if found({"client_authentication": [{"unauthenticated": false}]}, []) == set()

test_unknown if found({}, ["client_authentication.0.unauthenticated"]) == set()

test_left_out if found({}, []) == set()
