package wayleave.aws.ec2.detailed_monitoring_test

import data.wayleave.aws.ec2.detailed_monitoring

found(values, unknown) := answer if {
	answer := detailed_monitoring.deny with input as {"resources": {"aws_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["monitoring"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"monitoring": false}, [])) == 1

test_good if found({"monitoring": true}, []) == set()

test_unknown if found({}, ["monitoring"]) == set()

test_left_out if count(found({}, [])) == 1
