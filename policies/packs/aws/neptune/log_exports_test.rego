package wayleave.aws.neptune.log_exports_test

import data.wayleave.aws.neptune.log_exports

found(values, unknown) := answer if {
	answer := log_exports.deny with input as {"resources": {"aws_neptune_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enable_cloudwatch_logs_exports"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enable_cloudwatch_logs_exports": ""}, [])) == 1

test_good if found({"enable_cloudwatch_logs_exports": "x"}, []) == set()

test_unknown if found({}, ["enable_cloudwatch_logs_exports"]) == set()

test_left_out if count(found({}, [])) == 1
