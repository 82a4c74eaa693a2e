package wayleave.aws.cloudfront.waf_test

import data.wayleave.aws.cloudfront.waf

found(values, unknown) := answer if {
	answer := waf.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["web_acl_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"web_acl_id": ""}, [])) == 1

test_good if found({"web_acl_id": "x"}, []) == set()

test_unknown if found({}, ["web_acl_id"]) == set()

test_left_out if count(found({}, [])) == 1
