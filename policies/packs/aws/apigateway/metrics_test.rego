package wayleave.aws.apigateway.metrics_test

import data.wayleave.aws.apigateway.metrics

found(values, unknown) := answer if {
	answer := metrics.deny with input as {"resources": {"aws_api_gateway_method_settings": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["settings"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"settings": [{"metrics_enabled": false}]}, [])) == 1

test_good if found({"settings": [{"metrics_enabled": true}]}, []) == set()

test_unknown if found({}, ["settings.0.metrics_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
