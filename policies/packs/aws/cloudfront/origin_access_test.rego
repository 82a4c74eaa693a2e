package wayleave.aws.cloudfront.origin_access_test

import data.wayleave.aws.cloudfront.origin_access

found(origin, unknown) := answer if {
	answer := origin_access.deny with input as {"resources": {"aws_cloudfront_distribution": [{
		"address": "d",
		"values": {"origin": [origin]},
		"unknown": unknown,
		"written": ["origin"],
	}]}}
}

bucket := {"domain_name": "example.s3.eu-west-1.amazonaws.com"}

test_open if count(found(bucket, [])) == 1

test_global_name if count(found({"domain_name": "example.s3.amazonaws.com"}, [])) == 1

test_control if found(object.union(bucket, {"origin_access_control_id": "E1"}), []) == set()

test_unknown_identity if found(bucket, ["origin.0.s3_origin_config"]) == set()

test_application if found({"domain_name": "app.example.com"}, []) == set()
