package wayleave.aws.lambda.tracing_test

import data.wayleave.aws.lambda.tracing

found(values, unknown) := answer if {
	answer := tracing.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["tracing_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"tracing_config": [{"mode": "PassThrough"}]}, [])) == 1

test_good if found({"tracing_config": [{"mode": "x-good"}]}, []) == set()

test_unknown if found({}, ["tracing_config.0.mode"]) == set()

test_left_out if count(found({}, [])) == 1
