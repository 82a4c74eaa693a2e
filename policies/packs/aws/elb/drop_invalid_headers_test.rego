package wayleave.aws.elb.drop_invalid_headers_test

import data.wayleave.aws.elb.drop_invalid_headers

found(values, unknown) := answer if {
	answer := drop_invalid_headers.deny with input as {"resources": {"aws_lb": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["drop_invalid_header_fields"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"load_balancer_type": "application", "drop_invalid_header_fields": false}, [])) == 1

test_good if found({"load_balancer_type": "application", "drop_invalid_header_fields": true}, []) == set()

test_unknown if found({"load_balancer_type": "application"}, ["drop_invalid_header_fields"]) == set()

test_left_out if count(found({"load_balancer_type": "application"}, [])) == 1
