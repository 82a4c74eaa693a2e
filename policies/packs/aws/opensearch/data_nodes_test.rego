package wayleave.aws.opensearch.data_nodes_test

import data.wayleave.aws.opensearch.data_nodes

found(values, unknown) := answer if {
	answer := data_nodes.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["cluster_config"],
		"links": {},
		"documents": {},
	}]}}
}
test_few if count(found({"cluster_config": [{"instance_count": 2}]}, [])) == 1

test_left_out if count(found({}, [])) == 1

test_one_zone if count(found({"cluster_config": [{"instance_count": 3}]}, [])) == 1

test_good if found({"cluster_config": [{"instance_count": 3, "zone_awareness_enabled": true}]}, []) == set()

test_unknown if found({}, ["cluster_config"]) == set()
