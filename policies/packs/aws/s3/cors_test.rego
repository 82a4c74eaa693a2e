package wayleave.aws.s3.cors_test

import data.wayleave.aws.s3.cors

found(rule) := answer if {
	answer := cors.deny with input as {"resources": {"aws_s3_bucket": [{"address": "b", "values": {"cors_rule": [rule]}}]}}
}

test_reading if found({"allowed_methods": ["GET", "HEAD"], "allowed_origins": ["*"]}) == set()

test_writing if count(found({"allowed_methods": ["GET", "PUT"], "allowed_origins": ["*"]})) == 1

test_unknown_beside if count(found({"allowed_methods": ["PUT", null], "allowed_origins": [null, "*"]})) == 1
