package wayleave.aws.sagemaker.root_access_test

import data.wayleave.aws.sagemaker.root_access

found(values, unknown) := answer if {
	answer := root_access.deny with input as {"resources": {"aws_sagemaker_notebook_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["root_access"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"root_access": "Enabled"}, [])) == 1

test_good if found({"root_access": "x-good"}, []) == set()

test_unknown if found({}, ["root_access"]) == set()

test_left_out if count(found({}, [])) == 1
