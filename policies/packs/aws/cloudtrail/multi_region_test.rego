package wayleave.aws.cloudtrail.multi_region_test

import data.wayleave.aws.cloudtrail.multi_region

found(values, unknown) := answer if {
	answer := multi_region.deny with input as {"resources": {"aws_cloudtrail": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["is_multi_region_trail"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"is_multi_region_trail": false}, [])) == 1

test_good if found({"is_multi_region_trail": true}, []) == set()

test_unknown if found({}, ["is_multi_region_trail"]) == set()

test_left_out if count(found({}, [])) == 1
