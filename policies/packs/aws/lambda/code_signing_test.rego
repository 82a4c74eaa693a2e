package wayleave.aws.lambda.code_signing_test

import data.wayleave.aws.lambda.code_signing

found(values, unknown) := answer if {
	answer := code_signing.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["code_signing_config_arn"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"code_signing_config_arn": ""}, [])) == 1

test_good if found({"code_signing_config_arn": "x"}, []) == set()

test_unknown if found({}, ["code_signing_config_arn"]) == set()

test_left_out if count(found({}, [])) == 1
