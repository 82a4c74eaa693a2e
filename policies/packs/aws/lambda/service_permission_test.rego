package wayleave.aws.lambda.service_permission_test

import data.wayleave.aws.lambda.service_permission

found(values, unknown) := answer if {
	answer := service_permission.deny with input as {"resources": {"aws_lambda_permission": [{
		"address": "p",
		"values": values,
		"unknown": unknown,
		"written": ["principal", "source_arn"],
	}]}}
}

test_no_source if count(found({"principal": "s3.amazonaws.com"}, [])) == 1

test_unknown_source if found({"principal": "s3.amazonaws.com"}, ["source_arn"]) == set()

test_source if found({"principal": "s3.amazonaws.com", "source_arn": "a"}, []) == set()
