package wayleave.aws.ec2.launch_monitoring_test

import data.wayleave.aws.ec2.launch_monitoring

found(values, unknown) := answer if {
	answer := launch_monitoring.deny with input as {"resources": {"aws_launch_configuration": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enable_monitoring"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enable_monitoring": false}, [])) == 1

test_good if found({"enable_monitoring": true}, []) == set()

test_unknown if found({}, ["enable_monitoring"]) == set()

test_left_out if found({}, []) == set()
