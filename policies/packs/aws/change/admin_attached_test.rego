package wayleave.aws.change.admin_attached_test

import data.wayleave.aws.change.admin_attached

found(kind, before, after) := answer if {
	answer := admin_attached.deny with input as {"changes": {kind: [{"address": "a", "actions": ["update"], "before": before, "after": after}]}}
}

admin := "arn:aws:iam::aws:policy/AdministratorAccess"

test_attached if count(found("aws_iam_role_policy_attachment", null, {"policy_arn": admin})) == 1

test_by_list if count(found("aws_iam_role", {"managed_policy_arns": []}, {"managed_policy_arns": [admin]})) == 1

test_was_attached if found("aws_iam_role", {"managed_policy_arns": [admin]}, {"managed_policy_arns": [admin]}) == set()

test_detached if found("aws_iam_role_policy_attachment", {"policy_arn": admin}, null) == set()

test_other if found("aws_iam_role_policy_attachment", null, {"policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}) == set()

written(action) := {"policy": {"statements": [{"effect": "Allow", "actions": [action], "resources": ["*"], "conditions": {}}]}}

documents(before, after) := answer if {
	answer := admin_attached.deny with input as {"changes": {"aws_iam_policy": [{"address": "a", "before_documents": before, "after_documents": after}]}}
}

test_written if count(documents(written("s3:*"), written("*"))) == 1

test_new if count(documents({}, written("*"))) == 1

test_was_written if documents(written("*"), written("*")) == set()
