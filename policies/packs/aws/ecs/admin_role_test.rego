package wayleave.aws.ecs.admin_role_test

import data.wayleave.aws.ecs.admin_role

found(role) := answer if {
	answer := admin_role.deny with input as {"resources": {"aws_ecs_service": [{"address": "s", "values": {"iam_role": role}}]}}
}

test_admin if count(found("arn:aws:iam::222222222222:role/Admin")) == 1

test_other if found("arn:aws:iam::222222222222:role/ecs") == set()

test_unknown if found(null) == set()
