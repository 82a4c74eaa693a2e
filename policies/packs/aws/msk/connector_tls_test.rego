package wayleave.aws.msk.connector_tls_test

import data.wayleave.aws.msk.connector_tls

found(values, unknown) := answer if {
	answer := connector_tls.deny with input as {"resources": {"aws_mskconnect_connector": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["kafka_cluster_encryption_in_transit"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"kafka_cluster_encryption_in_transit": [{"encryption_type": "PLAINTEXT"}]}, [])) == 1

test_good if found({"kafka_cluster_encryption_in_transit": [{"encryption_type": "TLS"}]}, []) == set()

test_unknown if found({}, ["kafka_cluster_encryption_in_transit.0.encryption_type"]) == set()

test_left_out if count(found({}, [])) == 1
