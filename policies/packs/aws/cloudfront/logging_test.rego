package wayleave.aws.cloudfront.logging_test

import data.wayleave.aws.cloudfront.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["logging_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"logging_config": ""}, [])) == 1

test_good if found({"logging_config": "x"}, []) == set()

test_unknown if found({}, ["logging_config"]) == set()

test_left_out if count(found({}, [])) == 1
