package wayleave.aws.lambda.environment_key_test

import data.wayleave.aws.lambda.environment_key

found(values, unknown) := answer if {
	answer := environment_key.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["environment", "kms_key_arn"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"environment": [{"variables": {"A": "b"}}], "kms_key_arn": ""}, [])) == 1

test_good if found({"environment": [{"variables": {"A": "b"}}], "kms_key_arn": "x"}, []) == set()

test_unknown if found({"environment": [{"variables": {"A": "b"}}]}, ["kms_key_arn"]) == set()

test_left_out if count(found({"environment": [{"variables": {"A": "b"}}]}, [])) == 1
