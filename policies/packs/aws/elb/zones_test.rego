package wayleave.aws.elb.zones_test

import data.wayleave.aws.elb.zones

found(values, unknown) := answer if {
	answer := zones.deny with input as {"resources": {"aws_elb": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["subnets", "subnet_mapping", "availability_zones"],
		"links": {},
		"documents": {},
	}]}}
}
test_one if count(found({"subnets": ["a"]}, [])) == 1

test_two if found({"subnets": ["a", "b"]}, []) == set()

test_one_mapping if count(found({"subnet_mapping": [{"subnet_id": "a"}]}, [])) == 1

test_unknown if found({}, ["subnets"]) == set()

test_unknown_beside if found({"subnets": ["a"]}, ["subnet_mapping"]) == set()
