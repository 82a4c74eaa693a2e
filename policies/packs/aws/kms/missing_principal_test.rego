package wayleave.aws.kms.missing_principal_test

import data.wayleave.aws.kms.missing_principal

found(resources) := answer if {
	answer := missing_principal.deny with input as {"resources": resources}
}

key(statement) := found({"aws_kms_key": [{"address": "k", "documents": {"policy": {"statements": [statement]}}}]})

test_missing if count(key({"effect": "Allow", "conditions": {}})) == 1

test_there if key({"effect": "Allow", "principals": {"AWS": ["x"]}}) == set()
