package wayleave.aws.ecs.platform_version_test

import data.wayleave.aws.ecs.platform_version

found(values, unknown) := answer if {
	answer := platform_version.deny with input as {"resources": {"aws_ecs_service": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["platform_version"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"platform_version": "x-bad"}, [])) == 1

test_good if found({"platform_version": "LATEST"}, []) == set()

test_unknown if found({}, ["platform_version"]) == set()

test_left_out if found({}, []) == set()
