package wayleave.aws.lambda.vpc_test

import data.wayleave.aws.lambda.vpc

found(values, unknown) := answer if {
	answer := vpc.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["vpc_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"vpc_config": ""}, [])) == 1

test_good if found({"vpc_config": "x"}, []) == set()

test_unknown if found({}, ["vpc_config"]) == set()

test_left_out if count(found({}, [])) == 1
