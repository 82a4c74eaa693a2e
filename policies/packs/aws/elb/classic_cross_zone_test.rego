package wayleave.aws.elb.classic_cross_zone_test

import data.wayleave.aws.elb.classic_cross_zone

found(values, unknown) := answer if {
	answer := classic_cross_zone.deny with input as {"resources": {"aws_elb": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["cross_zone_load_balancing"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"cross_zone_load_balancing": false}, [])) == 1

test_good if found({"cross_zone_load_balancing": true}, []) == set()

test_unknown if found({}, ["cross_zone_load_balancing"]) == set()

test_left_out if found({}, []) == set()
