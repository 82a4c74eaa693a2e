package wayleave.aws.s3.account_public_access_block_test

import data.wayleave.aws.s3.account_public_access_block

found(values, unknown) := answer if {
	answer := account_public_access_block.deny with input as {"resources": {"aws_s3_account_public_access_block": [{
		"address": "a",
		"values": values,
		"unknown": unknown,
		"written": ["block_public_acls"],
	}]}}
}

on := {"block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}

test_left_out if count(found({"block_public_acls": true}, [])) == 1

test_unknown if found(on, ["block_public_acls"]) == set()
