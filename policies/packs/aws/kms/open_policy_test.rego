package wayleave.aws.kms.open_policy_test

import data.wayleave.aws.kms.open_policy

found(statement) := answer if {
	answer := open_policy.deny with input as {"resources": {"aws_kms_key": [{
		"address": "p",
		"documents": {"policy": {"statements": [statement]}},
	}]}}
}

open := {"effect": "Allow", "principals": {"AWS": ["*"]}, "actions": ["x:Read"], "conditions": {}}

narrowed(key) := object.union(open, {"conditions": {"StringEquals": {key: "x"}}})

test_everybody if count(found(open)) == 1

test_everybody_but_some if {
	statement := object.union(object.remove(open, ["principals"]), {"not_principals": {"AWS": ["arn:x"]}})
	count(found(statement)) == 1
}

test_named if found(object.union(open, {"principals": {"AWS": ["arn:aws:iam::222222222222:root"]}})) == set()

test_denied if found(object.union(open, {"effect": "Deny"})) == set()

test_narrowed if {
	every key in ["aws:PrincipalOrgID", "AWS:SourceArn", "aws:sourceVpce"] {
		found(narrowed(key)) == set()
	}
}

test_condition_that_narrows_nothing if count(found(narrowed("aws:SecureTransport"))) == 1

test_unknown_condition if found(object.union(open, {"conditions": {"unknown": {}}})) == set()
