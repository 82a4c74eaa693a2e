package wayleave.aws.apigateway.private_endpoint_test

import data.wayleave.aws.apigateway.private_endpoint

found(values, unknown) := answer if {
	answer := private_endpoint.deny with input as {"resources": {"aws_api_gateway_rest_api": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["endpoint_configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"endpoint_configuration": [{"types": ["EDGE"]}]}, [])) == 1

test_good if found({"endpoint_configuration": [{"types": ["x-good"]}]}, []) == set()

test_unknown if found({}, ["endpoint_configuration.0.types.0"]) == set()

test_left_out if found({}, []) == set()
