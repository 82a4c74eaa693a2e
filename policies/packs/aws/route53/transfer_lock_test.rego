package wayleave.aws.route53.transfer_lock_test

import data.wayleave.aws.route53.transfer_lock

found(values, unknown) := answer if {
	answer := transfer_lock.deny with input as {"resources": {"aws_route53domains_registered_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["transfer_lock"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"transfer_lock": false}, [])) == 1

test_good if found({"transfer_lock": true}, []) == set()

test_unknown if found({}, ["transfer_lock"]) == set()

test_left_out if found({}, []) == set()
