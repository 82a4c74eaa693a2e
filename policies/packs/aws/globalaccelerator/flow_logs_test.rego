package wayleave.aws.globalaccelerator.flow_logs_test

import data.wayleave.aws.globalaccelerator.flow_logs

found(values, unknown) := answer if {
	answer := flow_logs.deny with input as {"resources": {"aws_globalaccelerator_accelerator": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["attributes"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"attributes": [{"flow_logs_enabled": false}]}, [])) == 1

test_good if found({"attributes": [{"flow_logs_enabled": true}]}, []) == set()

test_unknown if found({}, ["attributes.0.flow_logs_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
