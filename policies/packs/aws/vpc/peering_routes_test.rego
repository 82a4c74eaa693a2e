package wayleave.aws.vpc.peering_routes_test

import data.wayleave.aws.vpc.peering_routes

found(values, unknown) := answer if {
	answer := peering_routes.deny with input as {"resources": {"aws_route": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["vpc_peering_connection_id", "destination_cidr_block"],
	}]}}
}

test_everything if count(found({"destination_cidr_block": "0.0.0.0/0"}, ["vpc_peering_connection_id"])) == 1

test_of_the_peer if found({"destination_cidr_block": "10.8.0.0/16"}, ["vpc_peering_connection_id"]) == set()

test_another_way if found({"destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}, []) == set()
