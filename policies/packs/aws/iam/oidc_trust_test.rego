package wayleave.aws.iam.oidc_trust_test

import data.wayleave.aws.iam.oidc_trust

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := oidc_trust.deny with input as {"resources": {"aws_iam_role": [{"address": "p", "documents": {"assume_role_policy": {"statements": statements}}}]}}
}

github(conditions) := found([{
	"effect": "Allow",
	"actions": ["sts:AssumeRoleWithWebIdentity"],
	"principals": {"Federated": ["arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"]},
	"conditions": conditions,
}])

subject(operator, text) := github({operator: {"token.actions.githubusercontent.com:sub": [text]}})

test_no_condition if count(github({})) == 1

test_audience_alone if count(github({"StringEquals": {"token.actions.githubusercontent.com:aud": ["sts.amazonaws.com"]}})) == 1

test_subject if {
	subject("StringEquals", "repo:acme/infra:ref:refs/heads/main") == set()
	subject("StringLike", "repo:acme/*") == set()
}

test_wide_subject if {
	every text in ["*", "repo:*", "repo:*/infra:*", "repo:ac*/infra"] {
		count(subject("StringLike", text)) == 1
	}
}

test_unknown_condition if github({"unknown": {}}) == set()

test_own_provider if found([{"effect": "Allow", "principals": {"Federated": ["arn:aws:iam::111111111111:oidc-provider/login.example.com"]}, "conditions": {}}]) == set()
