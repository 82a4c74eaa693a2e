package wayleave.aws.autoscaling.zones_test

import data.wayleave.aws.autoscaling.zones

found(values, unknown) := answer if {
	answer := zones.deny with input as {"resources": {"aws_autoscaling_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["vpc_zone_identifier", "availability_zones"],
		"links": {},
		"documents": {},
	}]}}
}
test_one_subnet if count(found({"vpc_zone_identifier": ["a"]}, [])) == 1

test_one_zone if count(found({"availability_zones": ["a"]}, [])) == 1

test_two if found({"vpc_zone_identifier": ["a", "b"]}, []) == set()

test_unknown if found({}, ["vpc_zone_identifier"]) == set()

test_unknown_beside if found({"availability_zones": ["a"]}, ["vpc_zone_identifier"]) == set()

test_neither if found({}, []) == set()
