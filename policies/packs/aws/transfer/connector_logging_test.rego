package wayleave.aws.transfer.connector_logging_test

import data.wayleave.aws.transfer.connector_logging

found(values, unknown) := answer if {
	answer := connector_logging.deny with input as {"resources": {"aws_transfer_connector": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["logging_role"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({}, [])) == 1

test_good if found({"logging_role": "x"}, []) == set()

test_unknown if found({}, ["logging_role"]) == set()
