package wayleave.aws.rds.monitoring_test

import data.wayleave.aws.rds.monitoring

found(values, unknown) := answer if {
	answer := monitoring.deny with input as {"resources": {"aws_db_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["monitoring_interval"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"monitoring_interval": 0}, [])) == 1

test_good if found({"monitoring_interval": "x-good"}, []) == set()

test_unknown if found({}, ["monitoring_interval"]) == set()

test_left_out if count(found({}, [])) == 1
