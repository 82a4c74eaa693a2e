package wayleave.aws.cloudfront.minimum_tls_test

import data.wayleave.aws.cloudfront.minimum_tls

found(values, unknown) := answer if {
	answer := minimum_tls.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["viewer_certificate"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"viewer_certificate": [{"minimum_protocol_version": "SSLv3"}]}, [])) == 1

test_good if found({"viewer_certificate": [{"minimum_protocol_version": "x-good"}]}, []) == set()

test_unknown if found({}, ["viewer_certificate.0.minimum_protocol_version"]) == set()

test_left_out if found({}, []) == set()
