package wayleave.aws.iam.user_inline_policy_test

import data.wayleave.aws.iam.user_inline_policy

found(kind) := answer if {
	answer := user_inline_policy.deny with input as {"resources": {kind: [{"address": "p", "values": {}}]}}
}

test_inline if count(found("aws_iam_user_policy")) == 1

test_attached if count(found("aws_iam_user_policy_attachment")) == 1

test_group if found("aws_iam_group_policy") == set()
