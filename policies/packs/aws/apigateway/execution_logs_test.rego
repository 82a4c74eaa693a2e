package wayleave.aws.apigateway.execution_logs_test

import data.wayleave.aws.apigateway.execution_logs

found(values, unknown) := answer if {
	answer := execution_logs.deny with input as {"resources": {"aws_api_gateway_method_settings": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["settings"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"settings": [{"logging_level": "OFF"}]}, [])) == 1

test_good if found({"settings": [{"logging_level": "x-good"}]}, []) == set()

test_unknown if found({}, ["settings.0.logging_level"]) == set()

test_left_out if found({}, []) == set()
