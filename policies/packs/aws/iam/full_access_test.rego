package wayleave.aws.iam.full_access_test

import data.wayleave.aws.iam.full_access

found(statement) := answer if {
	answer := full_access.deny with input as {"resources": {"aws_iam_role": [{
		"address": "r",
		"documents": {"inline_policy.0.policy": {"statements": [object.union({"effect": "Allow", "conditions": {}}, statement)]}},
	}]}}
}

test_everything if count(found({"actions": ["s3:*", "*"], "resources": ["*"]})) == 1

test_one_service if found({"actions": ["s3:*"], "resources": ["*"]}) == set()

test_one_resource if found({"actions": ["*"], "resources": ["arn:aws:s3:::x"]}) == set()

test_condition if found({"actions": ["*"], "resources": ["*"], "conditions": {"Bool": {"x": "true"}}}) == set()

test_all_but_some if {
	some finding in found({"not_actions": ["iam:*"], "resources": ["*"]})
	finding.severity == "medium"
}

test_deny if found({"effect": "Deny", "actions": ["*"], "resources": ["*"]}) == set()
