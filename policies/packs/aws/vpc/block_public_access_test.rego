package wayleave.aws.vpc.block_public_access_test

import data.wayleave.aws.vpc.block_public_access

found(values, unknown) := answer if {
	answer := block_public_access.deny with input as {"resources": {"aws_vpc_block_public_access_options": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["internet_gateway_block_mode"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"internet_gateway_block_mode": "off"}, [])) == 1

test_good if found({"internet_gateway_block_mode": "block-ingress"}, []) == set()

test_unknown if found({}, ["internet_gateway_block_mode"]) == set()

test_left_out if found({}, []) == set()
