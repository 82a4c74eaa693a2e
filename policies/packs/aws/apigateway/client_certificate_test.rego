package wayleave.aws.apigateway.client_certificate_test

import data.wayleave.aws.apigateway.client_certificate

found(values, unknown) := answer if {
	answer := client_certificate.deny with input as {"resources": {"aws_api_gateway_stage": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["client_certificate_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"client_certificate_id": ""}, [])) == 1

test_good if found({"client_certificate_id": "x"}, []) == set()

test_unknown if found({}, ["client_certificate_id"]) == set()

test_left_out if count(found({}, [])) == 1
