package wayleave.aws.iam.boundary_test

import data.wayleave.aws.iam.boundary

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := boundary.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_role if count(found([allow({"actions": ["iam:CreateRole"]})])) == 1

test_pattern if count(found([allow({"actions": ["iam:Create*"]})])) == 2

test_boundary if found([allow({"actions": ["iam:CreateRole"], "conditions": {"StringEquals": {"iam:PermissionsBoundary": ["arn:x"]}}})]) == set()

test_unknown_condition if found([allow({"actions": ["iam:CreateRole"], "conditions": {"unknown": {}}})]) == set()

test_other if found([allow({"actions": ["iam:GetRole"]})]) == set()
