package wayleave.aws.iam.admin_policy_test

import data.wayleave.aws.iam.admin_policy

found(kind, values) := answer if {
	answer := admin_policy.deny with input as {"resources": {kind: [{"address": "a", "values": values}]}}
}

admin := "arn:aws:iam::aws:policy/AdministratorAccess"

test_attached if count(found("aws_iam_role_policy_attachment", {"policy_arn": admin})) == 1

test_listed if count(found("aws_iam_role", {"managed_policy_arns": [null, admin]})) == 1

test_job_function if {
	some finding in found("aws_iam_role", {"managed_policy_arns": ["arn:aws:iam::aws:policy/PowerUserAccess"]})
	finding.severity == "medium"
}

test_other if found("aws_iam_role_policy_attachment", {"policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}) == set()

test_unknown if found("aws_iam_role_policy_attachment", {}) == set()
