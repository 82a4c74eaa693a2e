package wayleave.aws.cloudfront.geo_restriction_test

import data.wayleave.aws.cloudfront.geo_restriction

found(values, unknown) := answer if {
	answer := geo_restriction.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["restrictions"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"restrictions": [{"geo_restriction": [{"restriction_type": "none"}]}]}, [])) == 1

test_good if found({"restrictions": [{"geo_restriction": [{"restriction_type": "x-good"}]}]}, []) == set()

test_unknown if found({}, ["restrictions.0.geo_restriction.0.restriction_type"]) == set()

test_left_out if found({}, []) == set()
