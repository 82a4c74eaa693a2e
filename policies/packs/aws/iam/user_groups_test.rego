package wayleave.aws.iam.user_groups_test

import data.wayleave.aws.iam.user_groups

found(resources) := answer if {
	answer := user_groups.deny with input as {"resources": resources}
}

user := {"address": "u", "engine": "terraform", "values": {"name": "kim"}, "links": {}}

test_alone if count(found({"aws_iam_user": [user]})) == 1

test_member if {
	found({"aws_iam_user": [user], "aws_iam_user_group_membership": [{"address": "m", "values": {}, "links": {"user": ["u"]}}]}) == set()
	found({"aws_iam_user": [user], "aws_iam_group_membership": [{"address": "m", "values": {"users": ["kim"]}, "links": {}}]}) == set()
	found({"aws_iam_user": [user], "aws_iam_group_membership": [{"address": "m", "values": {}, "links": {"users.0": ["u"]}}]}) == set()
}

test_perhaps_a_member if found({"aws_iam_user": [user], "aws_iam_user_group_membership": [{"address": "m", "values": {}, "unknown": ["user"], "links": {}}]}) == set()
