package wayleave.aws.transitgateway.auto_accept_test

import data.wayleave.aws.transitgateway.auto_accept

found(values, unknown) := answer if {
	answer := auto_accept.deny with input as {"resources": {"aws_ec2_transit_gateway": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["auto_accept_shared_attachments"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"auto_accept_shared_attachments": "enable"}, [])) == 1

test_good if found({"auto_accept_shared_attachments": "x-good"}, []) == set()

test_unknown if found({}, ["auto_accept_shared_attachments"]) == set()

test_left_out if found({}, []) == set()
