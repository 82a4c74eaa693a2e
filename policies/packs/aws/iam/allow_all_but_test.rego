package wayleave.aws.iam.allow_all_but_test

import data.wayleave.aws.iam.allow_all_but

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := allow_all_but.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_actions if count(found([allow({"not_actions": ["iam:*"], "resources": ["arn:x"]})])) == 1

test_resources if count(found([object.remove(allow({"actions": ["s3:Get*"], "not_resources": ["arn:x"]}), ["resources"])])) == 1

test_deny if found([allow({"effect": "Deny", "not_actions": ["iam:*"]})]) == set()

test_named if found([allow({"actions": ["s3:Get*"]})]) == set()
