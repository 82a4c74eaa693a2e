package wayleave.aws.codebuild.plain_secrets_test

import data.wayleave.aws.codebuild.plain_secrets

found(variable) := answer if {
	answer := plain_secrets.deny with input as {"resources": {"aws_codebuild_project": [{
		"address": "p",
		"values": {"environment": [{"environment_variable": [variable]}]},
	}]}}
}

test_plain if count(found({"name": "GITHUB_TOKEN", "value": "abc"})) == 1

test_key if count(found({"name": "X", "value": "AKIAIOSFODNN7EXAMPLE"})) == 1

test_from_the_store if found({"name": "GITHUB_TOKEN", "type": "SECRETS_MANAGER", "value": "build/token"}) == set()

test_unknown if found({"name": "GITHUB_TOKEN"}) == set()
