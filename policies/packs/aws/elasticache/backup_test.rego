package wayleave.aws.elasticache.backup_test

import data.wayleave.aws.elasticache.backup

found(values, unknown) := answer if {
	answer := backup.deny with input as {"resources": {"aws_elasticache_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["snapshot_retention_limit"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"engine": "redis", "snapshot_retention_limit": 0}, [])) == 1

test_good if found({"engine": "redis", "snapshot_retention_limit": "x-good"}, []) == set()

test_unknown if found({"engine": "redis"}, ["snapshot_retention_limit"]) == set()

test_left_out if count(found({"engine": "redis"}, [])) == 1
