package wayleave.aws.apigateway.domain_tls_test

import data.wayleave.aws.apigateway.domain_tls

found(values, unknown) := answer if {
	answer := domain_tls.deny with input as {"resources": {"aws_api_gateway_domain_name": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["security_policy"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"security_policy": "TLS_1_0"}, [])) == 1

test_good if found({"security_policy": "x-good"}, []) == set()

test_unknown if found({}, ["security_policy"]) == set()

test_left_out if found({}, []) == set()
