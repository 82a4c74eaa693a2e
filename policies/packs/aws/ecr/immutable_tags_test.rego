package wayleave.aws.ecr.immutable_tags_test

import data.wayleave.aws.ecr.immutable_tags

found(values, unknown) := answer if {
	answer := immutable_tags.deny with input as {"resources": {"aws_ecr_repository": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["image_tag_mutability"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_off if count(found({"image_tag_mutability": "MUTABLE"}, [])) == 1

test_on if found({"image_tag_mutability": "IMMUTABLE"}, []) == set()

test_unknown if found({}, ["image_tag_mutability"]) == set()
