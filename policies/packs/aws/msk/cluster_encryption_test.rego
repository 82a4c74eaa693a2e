package wayleave.aws.msk.cluster_encryption_test

import data.wayleave.aws.msk.cluster_encryption

found(values, unknown) := answer if {
	answer := cluster_encryption.deny with input as {"resources": {"aws_msk_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_info"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encryption_info": [{"encryption_in_transit": [{"in_cluster": false}]}]}, [])) == 1

test_good if found({"encryption_info": [{"encryption_in_transit": [{"in_cluster": true}]}]}, []) == set()

test_unknown if found({}, ["encryption_info.0.encryption_in_transit.0.in_cluster"]) == set()

test_left_out if found({}, []) == set()
