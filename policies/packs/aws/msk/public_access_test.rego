package wayleave.aws.msk.public_access_test

import data.wayleave.aws.msk.public_access

found(values, unknown) := answer if {
	answer := public_access.deny with input as {"resources": {"aws_msk_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["broker_node_group_info"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"broker_node_group_info": [{"connectivity_info": [{"public_access": [{"type": "SERVICE_PROVIDED_EIPS"}]}]}]}, [])) == 1

test_good if found({"broker_node_group_info": [{"connectivity_info": [{"public_access": [{"type": "x-good"}]}]}]}, []) == set()

test_unknown if found({}, ["broker_node_group_info.0.connectivity_info.0.public_access.0.type"]) == set()

test_left_out if found({}, []) == set()
