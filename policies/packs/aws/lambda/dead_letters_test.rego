package wayleave.aws.lambda.dead_letters_test

import data.wayleave.aws.lambda.dead_letters

found(values, unknown) := answer if {
	answer := dead_letters.deny with input as {"resources": {"aws_lambda_function": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["dead_letter_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"dead_letter_config": ""}, [])) == 1

test_good if found({"dead_letter_config": "x"}, []) == set()

test_unknown if found({}, ["dead_letter_config"]) == set()

test_left_out if count(found({}, [])) == 1
