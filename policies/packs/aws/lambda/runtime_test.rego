package wayleave.aws.lambda.runtime_test

import data.wayleave.aws.lambda.runtime

found(values, unknown) := answer if {
	answer := runtime.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["runtime"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"runtime": "python3.8"}, [])) == 1

test_good if found({"runtime": "python3.13"}, []) == set()

test_unknown if found({}, ["runtime"]) == set()

test_left_out if found({}, []) == set()
