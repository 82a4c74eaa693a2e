package wayleave.aws.msk.transit_encryption_test

import data.wayleave.aws.msk.transit_encryption

found(values, unknown) := answer if {
	answer := transit_encryption.deny with input as {"resources": {"aws_msk_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_info"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encryption_info": [{"encryption_in_transit": [{"client_broker": "PLAINTEXT"}]}]}, [])) == 1

test_good if found({"encryption_info": [{"encryption_in_transit": [{"client_broker": "x-good"}]}]}, []) == set()

test_unknown if found({}, ["encryption_info.0.encryption_in_transit.0.client_broker"]) == set()

test_left_out if found({}, []) == set()
