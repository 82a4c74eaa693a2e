package wayleave.aws.codebuild.report_encryption_test

import data.wayleave.aws.codebuild.report_encryption

found(values, unknown) := answer if {
	answer := report_encryption.deny with input as {"resources": {"aws_codebuild_report_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["export_config"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"export_config": [{"s3_destination": [{"encryption_disabled": true}]}]}, [])) == 1

test_good if found({"export_config": [{"s3_destination": [{"encryption_disabled": false}]}]}, []) == set()

test_unknown if found({}, ["export_config.0.s3_destination.0.encryption_disabled"]) == set()

test_left_out if found({}, []) == set()
