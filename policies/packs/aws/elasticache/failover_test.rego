package wayleave.aws.elasticache.failover_test

import data.wayleave.aws.elasticache.failover

found(values, unknown) := answer if {
	answer := failover.deny with input as {"resources": {"aws_elasticache_replication_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["automatic_failover_enabled"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"automatic_failover_enabled": false}, [])) == 1

test_good if found({"automatic_failover_enabled": true}, []) == set()

test_unknown if found({}, ["automatic_failover_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
