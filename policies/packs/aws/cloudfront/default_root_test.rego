package wayleave.aws.cloudfront.default_root_test

import data.wayleave.aws.cloudfront.default_root

found(values, unknown, links) := answer if {
	answer := default_root.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "d",
		"values": values,
		"unknown": unknown,
		"written": ["origin", "default_root_object"],
		"links": links,
	}]}}
}

bucket := [{"domain_name": "example.s3.eu-west-1.amazonaws.com"}]

test_bucket if count(found({"origin": bucket}, [], {})) == 1

test_linked_bucket if count(found({"origin": [{}]}, ["origin.0.domain_name"], {"origin.0.domain_name": ["aws_s3_bucket.site"]})) == 1

test_application if found({"origin": [{"domain_name": "app.example.com"}]}, [], {}) == set()

test_unknown if found({"origin": bucket}, ["default_root_object"], {}) == set()
