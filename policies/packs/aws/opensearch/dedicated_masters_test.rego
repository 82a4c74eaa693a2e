package wayleave.aws.opensearch.dedicated_masters_test

import data.wayleave.aws.opensearch.dedicated_masters

found(values, unknown) := answer if {
	answer := dedicated_masters.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["cluster_config"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"cluster_config": [{"dedicated_master_enabled": false}]}, [])) == 1

test_good if found({"cluster_config": [{"dedicated_master_enabled": true}]}, []) == set()

test_unknown if found({}, ["cluster_config.0.dedicated_master_enabled"]) == set()

test_left_out if count(found({}, [])) == 1
