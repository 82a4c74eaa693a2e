package wayleave.aws.elb.access_logs_test

import data.wayleave.aws.elb.access_logs

found(values, unknown) := answer if {
	answer := access_logs.deny with input as {"resources": {"aws_lb": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["access_logs"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"access_logs": [{"enabled": false}]}, [])) == 1

test_good if found({"access_logs": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["access_logs.0.enabled"]) == set()

test_left_out if count(found({}, [])) == 1
