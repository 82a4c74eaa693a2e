package wayleave.aws.elb.classic_draining_test

import data.wayleave.aws.elb.classic_draining

found(values, unknown) := answer if {
	answer := classic_draining.deny with input as {"resources": {"aws_elb": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["connection_draining"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"connection_draining": false}, [])) == 1

test_good if found({"connection_draining": true}, []) == set()

test_unknown if found({}, ["connection_draining"]) == set()

test_left_out if count(found({}, [])) == 1
