package wayleave.aws.vpc.vpn_logging_test

import data.wayleave.aws.vpc.vpn_logging

found(values, unknown) := answer if {
	answer := vpn_logging.deny with input as {"resources": {"aws_vpn_connection": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["tunnel1_log_options", "tunnel2_log_options"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({}, [])) == 2

test_one if count(found({"tunnel1_log_options": [{"cloudwatch_log_options": [{"log_enabled": true}]}]}, [])) == 1

test_both if found({"tunnel1_log_options": [{"cloudwatch_log_options": [{"log_enabled": true}]}], "tunnel2_log_options": [{"cloudwatch_log_options": [{"log_enabled": true}]}]}, []) == set()

test_unknown if found({}, ["tunnel1_log_options", "tunnel2_log_options"]) == set()
