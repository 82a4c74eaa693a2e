package wayleave.aws.codebuild.log_encryption_test

import data.wayleave.aws.codebuild.log_encryption

found(values, unknown) := answer if {
	answer := log_encryption.deny with input as {"resources": {"aws_codebuild_project": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["logs_config"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"logs_config": [{"s3_logs": [{"encryption_disabled": true}]}]}, [])) == 1

test_good if found({"logs_config": [{"s3_logs": [{"encryption_disabled": false}]}]}, []) == set()

test_unknown if found({}, ["logs_config.0.s3_logs.0.encryption_disabled"]) == set()

test_left_out if found({}, []) == set()
