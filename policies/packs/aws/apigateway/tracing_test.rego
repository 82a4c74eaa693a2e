package wayleave.aws.apigateway.tracing_test

import data.wayleave.aws.apigateway.tracing

found(values, unknown) := answer if {
	answer := tracing.deny with input as {"resources": {"aws_api_gateway_stage": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["xray_tracing_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"xray_tracing_enabled": false}, [])) == 1

test_good if found({"xray_tracing_enabled": true}, []) == set()

test_unknown if found({}, ["xray_tracing_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
