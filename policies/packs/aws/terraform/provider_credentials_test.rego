package wayleave.aws.terraform.provider_credentials_test

import data.wayleave.aws.terraform.provider_credentials

found(values) := answer if {
	answer := provider_credentials.deny with input as {"providers": [{"address": "provider.aws", "name": "aws", "values": values}]}
}

test_key if count(found({"access_key": "AKIAIOSFODNN7EXAMPLE", "secret_key": "x", "region": "r"})) == 2

test_none if found({"region": "r"}) == set()

test_stand_in if found({"access_key": "test"}) == set()

test_unknown if found({}) == set()

test_not_said if provider_credentials.deny == set() with input as {"providers": [{"name": "aws"}]}
