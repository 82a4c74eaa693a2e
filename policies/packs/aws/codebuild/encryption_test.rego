package wayleave.aws.codebuild.encryption_test

import data.wayleave.aws.codebuild.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_codebuild_project": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_key"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encryption_key": ""}, [])) == 1

test_good if found({"encryption_key": "x"}, []) == set()

test_unknown if found({}, ["encryption_key"]) == set()

test_left_out if count(found({}, [])) == 1
