package wayleave.aws.iam.empty_group_test

import data.wayleave.aws.iam.empty_group

found(resources) := answer if {
	answer := empty_group.deny with input as {"resources": resources}
}

membership(users, unknown) := found({"aws_iam_group_membership": [{"address": "m", "values": {"users": users}, "unknown": unknown}]})

test_empty if count(membership([], [])) == 1

test_member if membership(["kim"], []) == set()

test_unknown if membership([], ["users"]) == set()
