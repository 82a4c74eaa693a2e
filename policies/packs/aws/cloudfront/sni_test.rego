package wayleave.aws.cloudfront.sni_test

import data.wayleave.aws.cloudfront.sni

found(values, unknown) := answer if {
	answer := sni.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["viewer_certificate"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"viewer_certificate": [{"ssl_support_method": "vip"}]}, [])) == 1

test_good if found({"viewer_certificate": [{"ssl_support_method": "sni-only"}]}, []) == set()

test_unknown if found({}, ["viewer_certificate.0.ssl_support_method"]) == set()

test_left_out if found({}, []) == set()
