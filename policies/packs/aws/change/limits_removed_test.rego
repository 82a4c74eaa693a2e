package wayleave.aws.change.limits_removed_test

import data.wayleave.aws.change.limits_removed

found(kind, actions, before, after) := answer if {
	answer := limits_removed.deny with input as {"changes": {kind: [{
		"address": "l", "actions": actions, "before": before, "after": after, "unknown": [], "before_documents": {}, "after_documents": {},
	}]}}
}

test_policy_deleted if count(found("aws_organizations_policy", ["delete"], {}, null)) == 1

test_detached if count(found("aws_organizations_policy_attachment", ["delete"], {}, null)) == 1

test_boundary if count(found("aws_iam_role", ["update"], {"permissions_boundary": "arn:x"}, {})) == 1

test_other_boundary if found("aws_iam_role", ["update"], {"permissions_boundary": "arn:x"}, {"permissions_boundary": "arn:y"}) == set()

test_account_moved if count(found("aws_organizations_account", ["update"], {"parent_id": "ou-1"}, {"parent_id": "ou-2"})) == 1

refuse(actions) := {"content": {"statements": [{"effect": "Deny", "actions": actions, "resources": ["*"], "conditions": {}}]}}

written(before, after) := answer if {
	answer := limits_removed.deny with input as {"changes": {"aws_organizations_policy": [{
		"address": "p", "actions": ["update"], "before": {}, "after": {}, "unknown": [], "before_documents": before, "after_documents": after,
	}]}}
}

test_denial_removed if {
	some finding in written(refuse(["ec2:*", "cloudtrail:StopLogging"]), refuse(["ec2:*"]))
	finding.message == "the change stops denying cloudtrail:stoplogging on *"
}

test_denial_kept if written(refuse(["cloudtrail:StopLogging"]), refuse(["cloudtrail:*"])) == set()

test_not_known_afterwards if written(refuse(["cloudtrail:StopLogging"]), {}) == set()
