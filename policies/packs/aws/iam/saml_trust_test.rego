package wayleave.aws.iam.saml_trust_test

import data.wayleave.aws.iam.saml_trust

allow(fields) := object.union({"effect": "Allow", "resources": ["*"], "conditions": {}}, fields)

found(statements) := answer if {
	answer := saml_trust.deny with input as {"resources": {"aws_iam_role": [{"address": "p", "documents": {"assume_role_policy": {"statements": statements}}}]}}
}

saml(conditions) := found([{"effect": "Allow", "principals": {"Federated": ["arn:aws:iam::1:saml-provider/okta"]}, "conditions": conditions}])

test_no_condition if count(saml({})) == 1

test_audience if saml({"StringEquals": {"SAML:aud": ["https://signin.aws.amazon.com/saml"]}}) == set()

test_unknown_condition if saml({"unknown": {}}) == set()
