package wayleave.aws.elasticache.zones_test

import data.wayleave.aws.elasticache.zones

found(values, unknown) := answer if {
	answer := zones.deny with input as {"resources": {"aws_elasticache_cluster": [{
		"address": "c",
		"values": object.union({"engine": "memcached"}, values),
		"unknown": unknown,
		"written": ["az_mode", "num_cache_nodes"],
	}]}}
}

test_one_zone if count(found({"num_cache_nodes": 2}, [])) == 1

test_one_node if found({"num_cache_nodes": 1}, []) == set()

test_unknown if found({"num_cache_nodes": 2}, ["az_mode"]) == set()
