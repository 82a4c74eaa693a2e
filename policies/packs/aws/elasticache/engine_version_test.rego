package wayleave.aws.elasticache.engine_version_test

import data.wayleave.aws.elasticache.engine_version

found(version) := answer if {
	answer := engine_version.deny with input as {"resources": {"aws_elasticache_cluster": [{"address": "c", "values": {"engine": "redis", "engine_version": version}}]}}
}

test_old if count(found("5.0.6")) == 1

test_number if count(found(4)) == 1

test_new if found("7.1") == set()

test_words if found("latest") == set()
