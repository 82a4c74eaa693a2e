package wayleave.aws.sagemaker.vpc_test

import data.wayleave.aws.sagemaker.vpc

found(values, unknown) := answer if {
	answer := vpc.deny with input as {"resources": {"aws_sagemaker_notebook_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["subnet_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"subnet_id": ""}, [])) == 1

test_good if found({"subnet_id": "x"}, []) == set()

test_unknown if found({}, ["subnet_id"]) == set()

test_left_out if count(found({}, [])) == 1
