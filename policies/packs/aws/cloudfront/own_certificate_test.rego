package wayleave.aws.cloudfront.own_certificate_test

import data.wayleave.aws.cloudfront.own_certificate

found(values, unknown) := answer if {
	answer := own_certificate.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["viewer_certificate"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"viewer_certificate": [{"cloudfront_default_certificate": true}]}, [])) == 1

test_good if found({"viewer_certificate": [{"cloudfront_default_certificate": false}]}, []) == set()

test_unknown if found({}, ["viewer_certificate.0.cloudfront_default_certificate"]) == set()

test_left_out if found({}, []) == set()
