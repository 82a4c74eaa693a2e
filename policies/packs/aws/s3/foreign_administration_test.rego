package wayleave.aws.s3.foreign_administration_test

import data.wayleave.aws.s3.foreign_administration

found(action, principal) := answer if {
	answer := foreign_administration.deny with input as {"resources": {"aws_s3_bucket_policy": [{"address": "p", "documents": {"policy": {"statements": [{
		"effect": "Allow",
		"actions": [action],
		"principals": {"AWS": [principal]},
		"conditions": {},
	}]}}}]}}
}

test_wildcard if count(found("s3:*", "444444444444")) == 1

test_prefix if count(found("s3:PutBucket*", "arn:aws:iam::444444444444:role/x")) == 1

test_reading if found("s3:Get*", "444444444444") == set()

test_everybody_is_another_rule if found("s3:*", "*") == set()

test_unknown_principal if found("s3:*", null) == set()
