package wayleave.aws.apigateway.http_access_logs_test

import data.wayleave.aws.apigateway.http_access_logs

found(values, unknown) := answer if {
	answer := http_access_logs.deny with input as {"resources": {"aws_apigatewayv2_stage": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["access_log_settings"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"access_log_settings": ""}, [])) == 1

test_good if found({"access_log_settings": "x"}, []) == set()

test_unknown if found({}, ["access_log_settings"]) == set()

test_left_out if count(found({}, [])) == 1
