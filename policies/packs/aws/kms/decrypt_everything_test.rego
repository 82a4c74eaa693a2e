package wayleave.aws.kms.decrypt_everything_test

import data.wayleave.aws.kms.decrypt_everything

found(actions, name) := answer if {
	statement := {"effect": "Allow", "actions": actions, "resources": [name], "conditions": {}}
	answer := decrypt_everything.deny with input as {"resources": {"aws_iam_policy": [{"address": "p", "documents": {"policy": {"statements": [statement]}}}]}}
}

test_every_key if {
	every name in ["*", "arn:aws:kms:*:111111111111:key/*"] {
		count(found(["kms:Decrypt"], name)) == 1
	}
}

test_pattern if count(found(["kms:*"], "*")) == 2

test_one_key if found(["kms:Decrypt"], "arn:aws:kms:eu-west-1:111111111111:key/0a1b") == set()

test_encrypt if found(["kms:Encrypt"], "*") == set()

test_everything_is_another_rule if found(["*"], "*") == set()
