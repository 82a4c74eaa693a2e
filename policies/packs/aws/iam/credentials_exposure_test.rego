package wayleave.aws.iam.credentials_exposure_test

import data.wayleave.aws.iam.credentials_exposure

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := credentials_exposure.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": statements}}}]}}
}

test_every_role if {
	some finding in found([allow({"actions": ["sts:AssumeRole"]})])
	finding.message == "the policy allows on every resource: sts:AssumeRole"
}

test_pattern if count(found([allow({"actions": ["redshift:Get*"]})])) == 1

test_one_role if found([allow({"actions": ["sts:AssumeRole"], "resources": ["arn:aws:iam::222222222222:role/x"]})]) == set()

test_harmless if found([allow({"actions": ["s3:ListAllMyBuckets"]})]) == set()

test_everything_is_another_rule if found([allow({"actions": ["*"]})]) == set()
