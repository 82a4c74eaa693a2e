package wayleave.aws.cloudtrail.enabled_test

import data.wayleave.aws.cloudtrail.enabled

found(values, unknown) := answer if {
	answer := enabled.deny with input as {"resources": {"aws_cloudtrail": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enable_logging"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enable_logging": false}, [])) == 1

test_good if found({"enable_logging": true}, []) == set()

test_unknown if found({}, ["enable_logging"]) == set()

test_left_out if found({}, []) == set()
