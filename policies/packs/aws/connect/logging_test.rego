package wayleave.aws.connect.logging_test

import data.wayleave.aws.connect.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_connect_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["contact_flow_logs_enabled"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"contact_flow_logs_enabled": false}, [])) == 1

test_good if found({"contact_flow_logs_enabled": true}, []) == set()

test_unknown if found({}, ["contact_flow_logs_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
