package wayleave.aws.stepfunctions.logging_test

import data.wayleave.aws.stepfunctions.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_sfn_state_machine": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["logging_configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"logging_configuration": [{"level": "OFF"}]}, [])) == 1

test_good if found({"logging_configuration": [{"level": "x-good"}]}, []) == set()

test_unknown if found({}, ["logging_configuration.0.level"]) == set()

test_left_out if count(found({}, [])) == 1
