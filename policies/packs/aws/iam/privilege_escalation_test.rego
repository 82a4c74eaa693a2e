package wayleave.aws.iam.privilege_escalation_test

import data.wayleave.aws.iam.privilege_escalation

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := privilege_escalation.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_alone if {
	some finding in found([allow({"actions": ["iam:PutRolePolicy"]})])
	finding.message == "the holder writes policies of roles"
}

test_together if count(found([allow({"actions": ["iam:PassRole"]}), allow({"actions": ["ec2:*"]})])) == 1

test_half if found([allow({"actions": ["iam:PassRole"]})]) == set()

test_some_roles if found([allow({"actions": ["iam:PutRolePolicy"], "resources": ["arn:aws:iam::1:role/app-*"]})]) == set()

test_boundary if found([allow({"actions": ["iam:PutRolePolicy"], "conditions": {"StringEquals": {"iam:PermissionsBoundary": ["arn:x"]}}})]) == set()

test_administrator_is_another_rule if found([allow({"actions": ["*"]})]) == set()
