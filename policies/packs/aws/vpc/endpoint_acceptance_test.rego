package wayleave.aws.vpc.endpoint_acceptance_test

import data.wayleave.aws.vpc.endpoint_acceptance

found(values, unknown) := answer if {
	answer := endpoint_acceptance.deny with input as {"resources": {"aws_vpc_endpoint_service": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["acceptance_required"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"acceptance_required": false}, [])) == 1

test_good if found({"acceptance_required": true}, []) == set()

test_unknown if found({}, ["acceptance_required"]) == set()

test_left_out if count(found({}, [])) == 1
