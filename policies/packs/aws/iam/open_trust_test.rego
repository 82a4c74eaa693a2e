package wayleave.aws.iam.open_trust_test

import data.wayleave.aws.iam.open_trust

found(path, principals) := answer if {
	answer := open_trust.deny with input as {"resources": {"aws_iam_role": [{
		"address": "r",
		"documents": {path: {"statements": [{"effect": "Allow", "principals": principals, "conditions": {}}]}},
	}]}}
}

test_everybody if count(found("assume_role_policy", {"AWS": ["*"]})) == 1

test_service if found("assume_role_policy", {"Service": ["lambda.amazonaws.com"]}) == set()

test_other_documents if found("inline_policy.0.policy", {"AWS": ["*"]}) == set()
