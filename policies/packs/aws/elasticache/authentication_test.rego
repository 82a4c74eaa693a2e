package wayleave.aws.elasticache.authentication_test

import data.wayleave.aws.elasticache.authentication

found(values, unknown) := answer if {
	answer := authentication.deny with input as {"resources": {"aws_elasticache_replication_group": [{
		"address": "c",
		"values": values,
		"unknown": unknown,
		"written": ["auth_token", "user_group_ids"],
	}]}}
}

test_none if count(found({}, [])) == 1

test_secret_token if found({}, ["auth_token"]) == set()

test_users if found({"user_group_ids": ["u"]}, []) == set()
