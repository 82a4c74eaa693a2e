package wayleave.lib.iam_test

import data.wayleave.lib.iam

allow := {"effect": "Allow", "actions": ["s3:Get*"], "resources": ["*"], "conditions": {}}

with_condition(operator, key, value) := object.union(allow, {"conditions": {operator: {key: value}}})

test_narrowed if {
	iam.is_narrowed(with_condition("StringEquals", "aws:PrincipalOrgID", "o-1"))
	iam.is_narrowed(with_condition("ArnLike", "AWS:SourceArn", ["arn:aws:sns:*:222222222222:*"]))
	iam.is_narrowed({"conditions": {"unknown": {}}})
}

test_not_narrowed if {
	every operator in ["StringNotEquals", "StringEqualsIfExists", "Null", "ForAnyValue:StringNotLike"] {
		not iam.is_narrowed(with_condition(operator, "aws:PrincipalOrgID", "o-1"))
	}
	not iam.is_narrowed(with_condition("StringLike", "aws:SourceArn", "*"))
	not iam.is_narrowed(with_condition("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "0.0.0.0/0"]))
	not iam.is_narrowed(with_condition("Bool", "aws:SecureTransport", "true"))
	not iam.is_narrowed(allow)
}

test_covers_action if {
	iam.covers_action(allow, "s3:GetObject")
	iam.covers_action(allow, "S3:GETOBJECT")
	not iam.covers_action(allow, "s3:PutObject")
	iam.covers_action({"actions": ["*"]}, "s3:PutObject")
	iam.covers_action({"not_actions": ["iam:*"]}, "s3:PutObject")
	not iam.covers_action({"not_actions": ["iam:*"]}, "iam:PassRole")
	not iam.covers_action({"not_actions": ["iam:*", null]}, "s3:PutObject")
	not iam.covers_action({"actions": [null]}, "s3:PutObject")
}

test_grants if {
	iam.grants(allow, "s3:GetObject")
	not iam.grants(object.union(allow, {"resources": ["arn:aws:s3:::x"]}), "s3:GetObject")
	not iam.grants(object.union(allow, {"effect": "Deny"}), "s3:GetObject")
	not iam.grants(with_condition("Bool", "x", "true"), "s3:GetObject")
	not iam.grants(object.union(allow, {"conditions": {"unknown": {}}}), "s3:GetObject")
}

test_accounts if {
	statement := {"principals": {"AWS": ["222222222222", "arn:aws:iam::333333333333:role/x", "*", null, "AIDAEXAMPLE"]}}
	iam.accounts(statement) == {"222222222222", "333333333333"}
}

test_whole_accounts if {
	iam.is_whole_account("222222222222")
	iam.is_whole_account("arn:aws-cn:iam::222222222222:root")
	not iam.is_whole_account("arn:aws:iam::222222222222:role/x")
}

test_whole_services if iam.whole_services({"actions": ["s3:*", "*", "s3:Get*", null]}) == {"s3:*", "*"}

test_escalates if {
	iam.escalates({"statements": [object.union(allow, {"actions": ["iam:Pass*"]}), object.union(allow, {"actions": ["ec2:RunInstances"]})]}) == {"passes any role to an instance"}
	iam.escalates({"statements": [object.union(allow, {"actions": ["iam:PassRole"]})]}) == set()
	iam.escalates({"statements": [object.union(allow, {"actions": ["iam:PutRolePolicy"], "resources": ["arn:aws:iam::222222222222:role/x"]})]}) == set()
}

holder := {"address": "r", "documents": {}, "links": {"policy": ["data.aws_iam_policy_document.d"]}, "values": {}}

source := {
	"address": "data.aws_iam_policy_document.d",
	"values": {"statement": [{
		"actions": ["s3:*"],
		"resources": [],
		"principals": [{"type": "AWS", "identifiers": ["1"]}, {"type": "AWS", "identifiers": ["2"]}],
		"condition": [{"test": "StringEquals", "variable": "a", "values": ["b"]}, {"test": "StringEquals", "variable": "c", "values": ["d"]}],
	}]},
}

test_data_documents if {
	found := iam.documents(["aws_sns_topic"]) with input as {"resources": {"aws_sns_topic": [holder]}, "data": {"aws_iam_policy_document": [source]}}
	found == {{"address": "r", "path": "policy", "document": {"statements": [{
		"effect": "Allow",
		"actions": ["s3:*"],
		"principals": {"AWS": ["1", "2"]},
		"conditions": {"StringEquals": {"a": ["b"], "c": ["d"]}},
	}]}}}
}

test_trust_and_identity_are_told_apart if {
	role := {"address": "r", "documents": {"assume_role_policy": {"statements": [allow]}, "inline_policy.0.policy": {"statements": [allow, {"effect": "Deny"}]}}}
	some trust in iam.trust_statements with input as {"resources": {"aws_iam_role": [role]}}
	trust.path == "assume_role_policy"
	some identity in iam.identity_statements with input as {"resources": {"aws_iam_role": [role]}}
	identity.path == "inline_policy.0.policy"
	count(iam.identity_statements) == 1 with input as {"resources": {"aws_iam_role": [role]}}
}

test_parts if {
	iam.parts({"statements": [{"effect": "Allow", "actions": ["s3:GET"], "resources": ["A", "b"], "principals": {"AWS": ["x"]}, "conditions": {}}, {"effect": "Deny"}]}) == {
		["AWS:x", "s3:get", "A", "{}"],
		["AWS:x", "s3:get", "b", "{}"],
	}
	iam.parts({"statements": [{"effect": "Allow", "not_actions": ["s3:Get"], "conditions": {}}]}) == {["the holder", "all actions but some", "itself", "{}"]}
}

test_covers_part if {
	part := ["AWS:x", "s3:getobject", "arn:aws:s3:::b/k", "{}"]
	every wider in [part, ["AWS:*", "s3:*", "*", "{}"], ["AWS:x", "*", "arn:aws:s3:::b/*", "{}"]] {
		iam.covers_part(wider, part)
	}
	every other in [["AWS:y", "s3:*", "*", "{}"], ["AWS:x", "s3:put*", "*", "{}"], ["AWS:x", "*", "*", "{\"a\":1}"]] {
		not iam.covers_part(other, part)
	}
}
