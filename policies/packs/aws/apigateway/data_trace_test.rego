package wayleave.aws.apigateway.data_trace_test

import data.wayleave.aws.apigateway.data_trace

found(values, unknown) := answer if {
	answer := data_trace.deny with input as {"resources": {"aws_api_gateway_method_settings": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["settings"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"settings": [{"data_trace_enabled": true}]}, [])) == 1

test_good if found({"settings": [{"data_trace_enabled": false}]}, []) == set()

test_unknown if found({}, ["settings.0.data_trace_enabled"]) == set()

test_left_out if found({}, []) == set()
