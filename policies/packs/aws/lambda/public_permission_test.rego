package wayleave.aws.lambda.public_permission_test

import data.wayleave.aws.lambda.public_permission

found(values, unknown) := answer if {
	answer := public_permission.deny with input as {"resources": {"aws_lambda_permission": [{
		"address": "p",
		"values": values,
		"unknown": unknown,
		"written": ["principal", "source_arn"],
	}]}}
}

test_everybody if count(found({"principal": "*"}, [])) == 1

test_of_an_account if found({"principal": "*", "source_account": "222222222222"}, []) == set()

test_unknown_source if found({"principal": "*"}, ["source_arn"]) == set()

test_unknown if found({}, ["principal"]) == set()
