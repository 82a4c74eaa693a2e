package wayleave.aws.msk.connector_logging_test

import data.wayleave.aws.msk.connector_logging

found(values, unknown) := answer if {
	answer := connector_logging.deny with input as {"resources": {"aws_mskconnect_connector": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["log_delivery"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({}, [])) == 1

test_off if count(found({"log_delivery": [{"worker_log_delivery": [{"s3": [{"enabled": false}]}]}]}, [])) == 1

test_good if found({"log_delivery": [{"worker_log_delivery": [{"s3": [{"enabled": true}]}]}]}, []) == set()

test_unknown if found({}, ["log_delivery"]) == set()
