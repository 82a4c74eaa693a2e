package wayleave.aws.elasticache.encryption_in_transit_test

import data.wayleave.aws.elasticache.encryption_in_transit

found(values, unknown) := answer if {
	answer := encryption_in_transit.deny with input as {"resources": {"aws_elasticache_replication_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["transit_encryption_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"transit_encryption_enabled": false}, [])) == 1

test_good if found({"transit_encryption_enabled": true}, []) == set()

test_unknown if found({}, ["transit_encryption_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
