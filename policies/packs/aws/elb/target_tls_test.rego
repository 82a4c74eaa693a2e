package wayleave.aws.elb.target_tls_test

import data.wayleave.aws.elb.target_tls

found(values, unknown) := answer if {
	answer := target_tls.deny with input as {"resources": {"aws_lb_target_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["protocol"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"protocol": "HTTP"}, [])) == 1

test_good if found({"protocol": "x-good"}, []) == set()

test_unknown if found({}, ["protocol"]) == set()

test_left_out if found({}, []) == set()
