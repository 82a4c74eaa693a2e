package wayleave.aws.glue.version_test

import data.wayleave.aws.glue.version

found(values, unknown) := answer if {
	answer := version.deny with input as {"resources": {"aws_glue_job": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["glue_version"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"glue_version": "2.0"}, [])) == 1

test_good if found({"glue_version": "5.0"}, []) == set()

test_left_out if found({}, []) == set()

test_unknown if found({}, ["glue_version"]) == set()
