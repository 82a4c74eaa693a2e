package wayleave.aws.guardduty.enabled_test

import data.wayleave.aws.guardduty.enabled

found(values, unknown) := answer if {
	answer := enabled.deny with input as {"resources": {"aws_guardduty_detector": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["enable"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"enable": false}, [])) == 1

test_good if found({"enable": true}, []) == set()

test_unknown if found({}, ["enable"]) == set()

test_left_out if found({}, []) == set()
