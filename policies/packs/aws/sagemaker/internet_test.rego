package wayleave.aws.sagemaker.internet_test

import data.wayleave.aws.sagemaker.internet

found(values, unknown) := answer if {
	answer := internet.deny with input as {"resources": {"aws_sagemaker_notebook_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["direct_internet_access"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"direct_internet_access": "Enabled"}, [])) == 1

test_good if found({"direct_internet_access": "x-good"}, []) == set()

test_unknown if found({}, ["direct_internet_access"]) == set()

test_left_out if count(found({}, [])) == 1
