package wayleave.aws.opensearch.node_encryption_test

import data.wayleave.aws.opensearch.node_encryption

found(values, unknown) := answer if {
	answer := node_encryption.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["node_to_node_encryption"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"node_to_node_encryption": [{"enabled": false}]}, [])) == 1

test_good if found({"node_to_node_encryption": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["node_to_node_encryption.0.enabled"]) == set()

test_left_out if count(found({}, [])) == 1
