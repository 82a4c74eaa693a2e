package wayleave.aws.s3.versioning_test

import data.wayleave.aws.s3.versioning

bucket := {"address": "b", "values": {}, "unknown": ["versioning"], "written": [], "links": {}}

found(status, unknown) := answer if {
	answer := versioning.deny with input as {"resources": {"aws_s3_bucket": [bucket], "aws_s3_bucket_versioning": [{
		"address": "v",
		"values": {"versioning_configuration": [status]},
		"unknown": unknown,
		"links": {"bucket": ["b"]},
	}]}}
}

test_missing if count(versioning.deny) == 1 with input as {"resources": {"aws_s3_bucket": [bucket]}}

test_on if found({"status": "Enabled"}, []) == set()

test_off if count(found({"status": "Suspended"}, ["versioning_configuration.0.mfa_delete"])) == 1

test_unknown if found({}, ["versioning_configuration.0.status"]) == set()
