package wayleave.aws.athena.metrics_test

import data.wayleave.aws.athena.metrics

found(values, unknown) := answer if {
	answer := metrics.deny with input as {"resources": {"aws_athena_workgroup": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["configuration"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"configuration": [{"publish_cloudwatch_metrics_enabled": false}]}, [])) == 1

test_good if found({"configuration": [{"publish_cloudwatch_metrics_enabled": true}]}, []) == set()

test_unknown if found({}, ["configuration.0.publish_cloudwatch_metrics_enabled"]) == set()

test_left_out if found({}, []) == set()
