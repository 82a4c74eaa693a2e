package wayleave.aws.neptune.snapshot_tags_test

import data.wayleave.aws.neptune.snapshot_tags

found(values, unknown) := answer if {
	answer := snapshot_tags.deny with input as {"resources": {"aws_neptune_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["copy_tags_to_snapshot"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"copy_tags_to_snapshot": false}, [])) == 1

test_good if found({"copy_tags_to_snapshot": true}, []) == set()

test_unknown if found({}, ["copy_tags_to_snapshot"]) == set()

test_left_out if count(found({}, [])) == 1
