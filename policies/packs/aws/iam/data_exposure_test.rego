package wayleave.aws.iam.data_exposure_test

import data.wayleave.aws.iam.data_exposure

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := data_exposure.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_read if {
	some finding in found([allow({"actions": ["s3:Get*"]})])
	finding.message == "the policy allows on every resource: s3:GetObject"
}

test_some if found([allow({"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::x/*"]})]) == set()

test_list if found([allow({"actions": ["s3:ListBucket"]})]) == set()

test_whole_service_is_another_rule if found([allow({"actions": ["s3:*"]})]) == set()

test_condition if found([allow({"actions": ["secretsmanager:GetSecretValue"], "conditions": {"StringEquals": {"aws:ResourceTag/team": ["a"]}}})]) == set()
