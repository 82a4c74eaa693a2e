package wayleave.aws.elasticache.encryption_at_rest_test

import data.wayleave.aws.elasticache.encryption_at_rest

found(values, unknown) := answer if {
	answer := encryption_at_rest.deny with input as {"resources": {"aws_elasticache_replication_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["at_rest_encryption_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"at_rest_encryption_enabled": false}, [])) == 1

test_good if found({"at_rest_encryption_enabled": true}, []) == set()

test_unknown if found({}, ["at_rest_encryption_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
