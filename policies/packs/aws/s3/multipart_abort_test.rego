package wayleave.aws.s3.multipart_abort_test

import data.wayleave.aws.s3.multipart_abort

found(values, unknown) := answer if {
	answer := multipart_abort.deny with input as {"resources": {"aws_s3_bucket_lifecycle_configuration": [{
		"address": "l",
		"values": values,
		"unknown": unknown,
		"written": ["rule"],
	}]}}
}

abort := [{"days_after_initiation": 7}]

test_disabled_rule if count(found({"rule": [{"status": "Disabled", "abort_incomplete_multipart_upload": abort}]}, [])) == 1

test_enabled_rule if found({"rule": [{"status": "Enabled", "abort_incomplete_multipart_upload": abort}]}, []) == set()

test_unknown if found({"rule": [{"status": "Enabled"}]}, ["rule.0.abort_incomplete_multipart_upload"]) == set()
