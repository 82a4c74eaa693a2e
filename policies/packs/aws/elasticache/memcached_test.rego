package wayleave.aws.elasticache.memcached_test

import data.wayleave.aws.elasticache.memcached

found(values, unknown) := answer if {
	answer := memcached.deny with input as {"resources": {"aws_elasticache_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["engine"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"engine": "memcached"}, [])) == 1

test_good if found({"engine": "x-good"}, []) == set()

test_unknown if found({}, ["engine"]) == set()

test_left_out if found({}, []) == set()
