package wayleave.aws.msk.monitoring_test

import data.wayleave.aws.msk.monitoring

found(values, unknown) := answer if {
	answer := monitoring.deny with input as {"resources": {"aws_msk_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enhanced_monitoring"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enhanced_monitoring": "DEFAULT"}, [])) == 1

test_good if found({"enhanced_monitoring": "x-good"}, []) == set()

test_unknown if found({}, ["enhanced_monitoring"]) == set()

test_left_out if count(found({}, [])) == 1
