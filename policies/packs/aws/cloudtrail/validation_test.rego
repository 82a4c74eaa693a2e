package wayleave.aws.cloudtrail.validation_test

import data.wayleave.aws.cloudtrail.validation

found(values, unknown) := answer if {
	answer := validation.deny with input as {"resources": {"aws_cloudtrail": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enable_log_file_validation"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enable_log_file_validation": false}, [])) == 1

test_good if found({"enable_log_file_validation": true}, []) == set()

test_unknown if found({}, ["enable_log_file_validation"]) == set()

test_left_out if count(found({}, [])) == 1
