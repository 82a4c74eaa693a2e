package wayleave.aws.iam.cross_account_trust_test

import data.wayleave.aws.iam.cross_account_trust

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := cross_account_trust.deny with input as {"resources": {"aws_iam_role": [{"address": "p", "documents": {"assume_role_policy": {"statements": statements}}}]}}
}

from_account(name, conditions) := found([{"effect": "Allow", "actions": ["sts:AssumeRole"], "principals": {"AWS": [name]}, "conditions": conditions}])

test_account if {
	every name in ["222222222222", "arn:aws:iam::222222222222:root"] {
		count(from_account(name, {})) == 1
	}
}

test_role if from_account("arn:aws:iam::222222222222:role/x", {}) == set()

test_external_id if from_account("222222222222", {"StringEquals": {"sts:ExternalId": ["x"]}}) == set()

test_unknown_condition if from_account("222222222222", {"unknown": {}}) == set()

test_unknown_account if from_account(null, {}) == set()

test_service if found([{"effect": "Allow", "principals": {"Service": ["lambda.amazonaws.com"]}, "conditions": {}}]) == set()
