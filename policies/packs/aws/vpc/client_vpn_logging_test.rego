package wayleave.aws.vpc.client_vpn_logging_test

import data.wayleave.aws.vpc.client_vpn_logging

found(values, unknown) := answer if {
	answer := client_vpn_logging.deny with input as {"resources": {"aws_ec2_client_vpn_endpoint": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["connection_log_options"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"connection_log_options": [{"enabled": false}]}, [])) == 1

test_good if found({"connection_log_options": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["connection_log_options.0.enabled"]) == set()

test_left_out if count(found({}, [])) == 1
