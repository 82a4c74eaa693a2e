package wayleave.aws.iam.unbounded_write_test

import data.wayleave.aws.iam.unbounded_write

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := unbounded_write.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_write if {
	some finding in found([allow({"actions": ["s3:Delete*"]})])
	finding.message == "the policy allows on every resource: s3:DeleteBucket, s3:DeleteObject"
}

test_some if found([allow({"actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::x/*"]})]) == set()

test_read if found([allow({"actions": ["s3:GetObject"]})]) == set()

test_whole_service_is_another_rule if found([allow({"actions": ["s3:*"]})]) == set()
