package wayleave.aws.appsync.logging_test

import data.wayleave.aws.appsync.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_appsync_graphql_api": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["log_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"log_config": [{"field_log_level": "NONE"}]}, [])) == 1

test_good if found({"log_config": [{"field_log_level": "x-good"}]}, []) == set()

test_unknown if found({}, ["log_config.0.field_log_level"]) == set()

test_left_out if count(found({}, [])) == 1
