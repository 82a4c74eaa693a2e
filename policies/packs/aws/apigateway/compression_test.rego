package wayleave.aws.apigateway.compression_test

import data.wayleave.aws.apigateway.compression

found(values, unknown) := answer if {
	answer := compression.deny with input as {"resources": {"aws_api_gateway_rest_api": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["minimum_compression_size"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"minimum_compression_size": -1}, [])) == 1

test_good if found({"minimum_compression_size": "x-good"}, []) == set()

test_unknown if found({}, ["minimum_compression_size"]) == set()

test_left_out if count(found({}, [])) == 1
