package wayleave.aws.apigateway.method_auth_test

import data.wayleave.aws.apigateway.method_auth

found(values, unknown) := answer if {
	answer := method_auth.deny with input as {"resources": {"aws_api_gateway_method": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["authorization"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"authorization": "NONE"}, [])) == 1

test_good if found({"authorization": "x-good"}, []) == set()

test_unknown if found({}, ["authorization"]) == set()

test_left_out if found({}, []) == set()

test_preflight if found({"authorization": "NONE", "http_method": "OPTIONS"}, []) == set()

test_key if found({"authorization": "NONE", "api_key_required": true}, []) == set()
