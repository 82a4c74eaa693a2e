package wayleave.aws.mq.customer_key_test

import data.wayleave.aws.mq.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_mq_broker": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_options"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encryption_options": [{"use_aws_owned_key": true}]}, [])) == 1

test_good if found({"encryption_options": [{"use_aws_owned_key": false}]}, []) == set()

test_unknown if found({}, ["encryption_options.0.use_aws_owned_key"]) == set()

test_left_out if count(found({}, [])) == 1
