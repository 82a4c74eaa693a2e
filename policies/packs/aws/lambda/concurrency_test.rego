package wayleave.aws.lambda.concurrency_test

import data.wayleave.aws.lambda.concurrency

found(values, unknown) := answer if {
	answer := concurrency.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["reserved_concurrent_executions"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"reserved_concurrent_executions": -1}, [])) == 1

test_good if found({"reserved_concurrent_executions": "x-good"}, []) == set()

test_unknown if found({}, ["reserved_concurrent_executions"]) == set()

test_left_out if count(found({}, [])) == 1
