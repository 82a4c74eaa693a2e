package wayleave.aws.change.trust_opened_test

import data.wayleave.aws.change.trust_opened

document(principals) := {"assume_role_policy": {"statements": [{"effect": "Allow", "actions": ["sts:AssumeRole"], "principals": principals, "conditions": {}}]}}

altered(before, after) := {
	"address": "r", "actions": ["update"], "before": {"arn": "arn:aws:iam::111111111111:role/r"}, "after": {}, "unknown": [],
	"before_documents": document(before), "after_documents": document(after),
}

found(before, after) := answer if {
	answer := trust_opened.deny with input as {"changes": {"aws_iam_role": [altered(before, after)]}}
}

own := "arn:aws:iam::111111111111:role/x"

other := "arn:aws:iam::222222222222:root"

test_other_account if {
	some finding in found({"AWS": [own]}, {"AWS": [own, other]})
	finding.severity == "medium"
	finding.message == "the change lets AWS:arn:aws:iam::222222222222:root in"
}

test_own_account if found({"AWS": [own]}, {"AWS": [own, "arn:aws:iam::111111111111:role/y"]}) == set()

test_trusted_account if {
	answer := trust_opened.deny with input as {"changes": {"aws_iam_role": [altered({"AWS": [own]}, {"AWS": [other]})]}} with data.parameters as {"WL-AWS-CHANGE-010": {"trusted_accounts": ["222222222222"]}}
	answer == set()
}

test_was_there if found({"AWS": [other]}, {"AWS": [other, own]}) == set()

test_everybody if count(found({"AWS": [own]}, {"AWS": ["*"]})) == 1

test_everybody_of_the_organization if {
	statement := {"effect": "Allow", "actions": ["sts:AssumeRole"], "principals": {"AWS": ["*"]}, "conditions": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}
	changed := object.union(altered({}, {}), {"after_documents": {"p": {"statements": [statement]}}})
	trust_opened.deny == set() with input as {"changes": {"aws_iam_role": [changed]}}
}

test_own_account_is_not_known if {
	changed := object.union(altered({}, {"AWS": [own]}), {"before": {}})
	trust_opened.deny == set() with input as {"changes": {"aws_iam_role": [changed]}}
}

test_provider if {
	some finding in found({"AWS": [own]}, {"Federated": ["arn:aws:iam::111111111111:oidc-provider/x"]})
	finding.severity == "medium"
}

test_service if found({"AWS": [own]}, {"Service": ["lambda.amazonaws.com"]}) == set()
