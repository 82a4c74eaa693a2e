package wayleave.aws.transitgateway.default_routes_test

import data.wayleave.aws.transitgateway.default_routes

found(values, unknown) := answer if {
	answer := default_routes.deny with input as {"resources": {"aws_ec2_transit_gateway": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["default_route_table_propagation"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"default_route_table_propagation": "enable"}, [])) == 1

test_good if found({"default_route_table_propagation": "x-good"}, []) == set()

test_unknown if found({}, ["default_route_table_propagation"]) == set()

test_left_out if count(found({}, [])) == 1
