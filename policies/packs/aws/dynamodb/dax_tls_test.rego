package wayleave.aws.dynamodb.dax_tls_test

import data.wayleave.aws.dynamodb.dax_tls

found(values, unknown) := answer if {
	answer := dax_tls.deny with input as {"resources": {"aws_dax_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["cluster_endpoint_encryption_type"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"cluster_endpoint_encryption_type": "NONE"}, [])) == 1

test_good if found({"cluster_endpoint_encryption_type": "x-good"}, []) == set()

test_unknown if found({}, ["cluster_endpoint_encryption_type"]) == set()

test_left_out if count(found({}, [])) == 1
