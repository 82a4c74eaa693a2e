package wayleave.aws.appflow.flow_key_test

import data.wayleave.aws.appflow.flow_key

found(values, unknown) := answer if {
	answer := flow_key.deny with input as {"resources": {"aws_appflow_flow": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["kms_arn"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"kms_arn": ""}, [])) == 1

test_good if found({"kms_arn": "x"}, []) == set()

test_unknown if found({}, ["kms_arn"]) == set()

test_left_out if count(found({}, [])) == 1
