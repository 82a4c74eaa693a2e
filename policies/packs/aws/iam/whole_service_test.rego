package wayleave.aws.iam.whole_service_test

import data.wayleave.aws.iam.whole_service

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := whole_service.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_whole_service if count(found([allow({"actions": ["s3:*", "s3:Get*"]})])) == 1

test_iam_is_graver if {
	some finding in found([allow({"actions": ["iam:*"]})])
	finding.severity == "high"
}

test_one_resource if found([allow({"actions": ["s3:*"], "resources": ["arn:aws:s3:::x"]})]) == set()

test_condition if found([allow({"actions": ["s3:*"], "conditions": {"StringEquals": {"aws:ResourceAccount": ["1"]}}})]) == set()

test_everything_is_another_rule if found([allow({"actions": ["*"]})]) == set()

test_deny if found([allow({"effect": "Deny", "actions": ["s3:*"]})]) == set()

test_unknown if found([allow({"actions": [null]})]) == set()
