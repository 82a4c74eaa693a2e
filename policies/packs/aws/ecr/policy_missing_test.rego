package wayleave.aws.ecr.policy_missing_test

import data.wayleave.aws.ecr.policy_missing

found(policies) := answer if {
	answer := policy_missing.deny with input as {"resources": {
		"aws_ecr_repository": [{"address": "r", "values": {"name": "app"}, "unknown": [], "written": [], "links": {}}],
		"aws_ecr_repository_policy": policies,
	}}
}

test_none if count(found([])) == 1

test_attached if found([{"address": "p", "values": {}, "unknown": ["repository"], "links": {"repository": ["r"]}}]) == set()

test_unknown if found([{"address": "p", "values": {}, "unknown": ["repository"], "links": {}}]) == set()
