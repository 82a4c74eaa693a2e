package wayleave.aws.apigateway.route_auth_test

import data.wayleave.aws.apigateway.route_auth

found(values, unknown) := answer if {
	answer := route_auth.deny with input as {"resources": {"aws_apigatewayv2_route": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["authorization_type"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"authorization_type": "NONE"}, [])) == 1

test_good if found({"authorization_type": "x-good"}, []) == set()

test_unknown if found({}, ["authorization_type"]) == set()

test_left_out if count(found({}, [])) == 1
