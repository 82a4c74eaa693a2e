package wayleave.aws.iam.password_characters_test

import data.wayleave.aws.iam.password_characters

found(values, unknown) := answer if {
	answer := password_characters.deny with input as {"resources": {"aws_iam_account_password_policy": [{"address": "p", "values": values, "unknown": unknown}]}}
}

all := {"require_lowercase_characters": true, "require_numbers": true, "require_symbols": true, "require_uppercase_characters": true}

test_all if found(all, []) == set()

test_one_off if {
	some finding in found(object.union(all, {"require_symbols": false}), [])
	finding.message == "require_symbols is off"
	finding.aliases == ["AC_AWS_0137", "AWS.Iam.IAM.Medium.0456"]
}

test_left_out if count(found({}, [])) == 4

test_unknown if found(object.remove(all, ["require_numbers"]), ["require_numbers"]) == set()
