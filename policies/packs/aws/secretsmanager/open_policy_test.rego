package wayleave.aws.secretsmanager.open_policy_test

import data.wayleave.aws.secretsmanager.open_policy

found(statement) := answer if {
	answer := open_policy.deny with input as {"resources": {"aws_secretsmanager_secret_policy": [{
		"address": "p",
		"documents": {"policy": {"statements": [statement]}},
	}]}}
}

open := {"effect": "Allow", "actions": ["x:Get"], "principals": {"AWS": ["*"]}, "conditions": {}}

narrowed := object.union(open, {"conditions": {"StringEquals": {"aws:PrincipalOrgID": ["o-1"]}}})

test_open if count(found(open)) == 1

test_narrowed if found(narrowed) == set()

test_unknown_principal if found(object.union(open, {"principals": {"AWS": [null]}})) == set()

test_denied if found(object.union(open, {"effect": "Deny"})) == set()
