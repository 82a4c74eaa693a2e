package wayleave.aws.iam.console_user_test

import data.wayleave.aws.iam.console_user

found(resources) := answer if {
	answer := console_user.deny with input as {"resources": resources}
}

test_profile if count(found({"aws_iam_user_login_profile": [{"address": "p", "values": {}}]})) == 1

test_inline if count(found({"aws_iam_user": [{"address": "u", "values": {"login_profile": [{"password": "x"}]}}]})) == 1

test_user if found({"aws_iam_user": [{"address": "u", "values": {}}]}) == set()
