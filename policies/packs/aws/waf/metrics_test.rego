package wayleave.aws.waf.metrics_test

import data.wayleave.aws.waf.metrics

found(values, unknown) := answer if {
	answer := metrics.deny with input as {"resources": {"aws_wafv2_web_acl": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["visibility_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"visibility_config": [{"cloudwatch_metrics_enabled": false}]}, [])) == 1

test_good if found({"visibility_config": [{"cloudwatch_metrics_enabled": true}]}, []) == set()

test_unknown if found({}, ["visibility_config.0.cloudwatch_metrics_enabled"]) == set()

test_left_out if found({}, []) == set()
