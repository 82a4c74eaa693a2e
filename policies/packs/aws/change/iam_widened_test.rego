package wayleave.aws.change.iam_widened_test

import data.wayleave.aws.change.iam_widened

allow(actions, resources) := {"effect": "Allow", "actions": actions, "resources": resources, "conditions": {}}

document(statements) := {"policy": {"statements": statements}}

altered(before, after) := {"address": "p", "actions": ["update"], "before": {}, "after": {}, "unknown": [], "before_documents": document(before), "after_documents": document(after)}

found(changes) := answer if {
	answer := iam_widened.deny with input as {"changes": changes}
}

policy(before, after) := found({"aws_iam_policy": [altered(before, after)]})

test_action_added if {
	some finding in policy([allow(["s3:GetObject"], ["*"])], [allow(["s3:GetObject", "s3:PutObject"], ["*"])])
	finding.message == "the change allows more: s3:putobject on *"
	finding.severity == "medium"
}

test_resource_added if count(policy([allow(["s3:Get*"], ["a"])], [allow(["s3:Get*"], ["a", "b"])])) == 1

test_condition_removed if {
	narrow := object.union(allow(["s3:Get*"], ["a"]), {"conditions": {"Bool": {"x": ["true"]}}})
	count(policy([narrow], [allow(["s3:Get*"], ["a"])])) == 1
	policy([allow(["s3:Get*"], ["a"])], [narrow]) == set()
}

test_everything if {
	some finding in policy([allow(["s3:Get*"], ["*"])], [allow(["*"], ["*"])])
	finding.severity == "high"
}

test_narrowed if policy([allow(["s3:*"], ["*"])], [allow(["s3:GetObject"], ["arn:aws:s3:::x/*"])]) == set()

test_split if policy([allow(["s3:Get*", "s3:Put*"], ["*"])], [allow(["s3:Get*"], ["*"]), allow(["s3:PutObject"], ["*"])]) == set()

test_many if {
	some finding in policy([], [allow(["s3:a", "s3:b", "s3:c", "s3:d", "s3:e"], ["*"])])
	endswith(finding.message, "and 2 more")
}

made(role) := {"address": "p", "actions": ["create"], "before": null, "after": {"role": role}, "unknown": [], "before_documents": {}, "after_documents": document([allow(["s3:*"], ["*"])])}

role := {"address": "r", "actions": ["create"], "before": null, "after": {"name": "new"}, "unknown": [], "before_documents": {}, "after_documents": {}}

test_policy_for_an_old_role if count(found({"aws_iam_role_policy": [made("old")], "aws_iam_role": [role]})) == 1

test_policy_for_a_new_role if found({"aws_iam_role_policy": [made("new")], "aws_iam_role": [role]}) == set()

test_attachment if {
	attached := {"address": "a", "actions": ["create"], "before": null, "after": {"role": "old", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, "unknown": [], "before_documents": {}, "after_documents": {}}
	some finding in found({"aws_iam_role_policy_attachment": [attached]})
	finding.message == "the change gives old the policy arn:aws:iam::aws:policy/ReadOnlyAccess"
}
