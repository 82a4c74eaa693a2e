package wayleave.aws.transfer.public_endpoint_test

import data.wayleave.aws.transfer.public_endpoint

found(values, unknown) := answer if {
	answer := public_endpoint.deny with input as {"resources": {"aws_transfer_server": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["endpoint_type"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"endpoint_type": "PUBLIC"}, [])) == 1

test_good if found({"endpoint_type": "x-good"}, []) == set()

test_unknown if found({}, ["endpoint_type"]) == set()

test_left_out if count(found({}, [])) == 1
