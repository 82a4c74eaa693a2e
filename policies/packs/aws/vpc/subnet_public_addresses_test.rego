package wayleave.aws.vpc.subnet_public_addresses_test

import data.wayleave.aws.vpc.subnet_public_addresses

found(values, unknown) := answer if {
	answer := subnet_public_addresses.deny with input as {"resources": {"aws_subnet": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["map_public_ip_on_launch"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"map_public_ip_on_launch": true}, [])) == 1

test_good if found({"map_public_ip_on_launch": false}, []) == set()

test_unknown if found({}, ["map_public_ip_on_launch"]) == set()

test_left_out if found({}, []) == set()
