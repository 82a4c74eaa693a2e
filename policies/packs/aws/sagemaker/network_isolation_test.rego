package wayleave.aws.sagemaker.network_isolation_test

import data.wayleave.aws.sagemaker.network_isolation

found(values, unknown) := answer if {
	answer := network_isolation.deny with input as {"resources": {"aws_sagemaker_model": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enable_network_isolation"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"enable_network_isolation": false}, [])) == 1

test_good if found({"enable_network_isolation": true}, []) == set()

test_unknown if found({}, ["enable_network_isolation"]) == set()

test_left_out if count(found({}, [])) == 1
