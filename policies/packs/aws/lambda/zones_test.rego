package wayleave.aws.lambda.zones_test

import data.wayleave.aws.lambda.zones

found(values, unknown) := answer if {
	answer := zones.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["vpc_config"],
		"links": {},
		"documents": {},
	}]}}
}
test_one if count(found({"vpc_config": [{"subnet_ids": ["a"]}]}, [])) == 1

test_two if found({"vpc_config": [{"subnet_ids": ["a", "b"]}]}, []) == set()

test_left_out if found({}, []) == set()

test_unknown if found({}, ["vpc_config.0.subnet_ids"]) == set()
