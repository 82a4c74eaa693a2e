package wayleave.aws.ecr.lifecycle_test

import data.wayleave.aws.ecr.lifecycle

found(policies) := answer if {
	answer := lifecycle.deny with input as {"resources": {
		"aws_ecr_repository": [{"address": "r", "values": {"name": "app"}, "unknown": [], "written": [], "links": {}}],
		"aws_ecr_lifecycle_policy": policies,
	}}
}

test_none if count(found([])) == 1

test_by_name if found([{"address": "l", "values": {"repository": "app"}, "unknown": [], "links": {}}]) == set()

test_of_another if count(found([{"address": "l", "values": {"repository": "web"}, "unknown": [], "links": {}}])) == 1

test_unknown if found([{"address": "l", "values": {}, "unknown": ["repository"], "links": {}}]) == set()
