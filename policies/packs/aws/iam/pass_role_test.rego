package wayleave.aws.iam.pass_role_test

import data.wayleave.aws.iam.pass_role

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := pass_role.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_every_role if count(found([allow({"actions": ["iam:PassRole"]})])) == 1

test_one_role if found([allow({"actions": ["iam:PassRole"], "resources": ["arn:aws:iam::1:role/task"]})]) == set()

test_one_service if found([allow({"actions": ["iam:PassRole"], "conditions": {"StringEquals": {"iam:PassedToService": ["ecs-tasks.amazonaws.com"]}}})]) == set()
