package wayleave.aws.codebuild.privileged_test

import data.wayleave.aws.codebuild.privileged

found(values, unknown) := answer if {
	answer := privileged.deny with input as {"resources": {"aws_codebuild_project": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["environment"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"environment": [{"privileged_mode": true}]}, [])) == 1

test_good if found({"environment": [{"privileged_mode": false}]}, []) == set()

test_unknown if found({}, ["environment.0.privileged_mode"]) == set()

test_left_out if found({}, []) == set()
