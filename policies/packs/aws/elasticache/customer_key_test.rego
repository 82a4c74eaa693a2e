package wayleave.aws.elasticache.customer_key_test

import data.wayleave.aws.elasticache.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_elasticache_replication_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["kms_key_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"at_rest_encryption_enabled": true, "kms_key_id": ""}, [])) == 1

test_good if found({"at_rest_encryption_enabled": true, "kms_key_id": "x"}, []) == set()

test_unknown if found({"at_rest_encryption_enabled": true}, ["kms_key_id"]) == set()

test_left_out if count(found({"at_rest_encryption_enabled": true}, [])) == 1
