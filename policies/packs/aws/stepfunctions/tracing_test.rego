package wayleave.aws.stepfunctions.tracing_test

import data.wayleave.aws.stepfunctions.tracing

found(values, unknown) := answer if {
	answer := tracing.deny with input as {"resources": {"aws_sfn_state_machine": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["tracing_configuration"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"tracing_configuration": [{"enabled": false}]}, [])) == 1

test_good if found({"tracing_configuration": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["tracing_configuration.0.enabled"]) == set()

test_left_out if count(found({}, [])) == 1
