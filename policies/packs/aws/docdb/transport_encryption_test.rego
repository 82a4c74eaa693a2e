package wayleave.aws.docdb.transport_encryption_test

import data.wayleave.aws.docdb.transport_encryption

found(values, unknown) := answer if {
	answer := transport_encryption.deny with input as {"resources": {"aws_docdb_cluster_parameter_group": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["parameter"],
		"links": {},
		"documents": {},
	}]}}
}
test_off if count(found({"parameter": [{"name": "tls", "value": "disabled"}]}, [])) == 1

test_on if found({"parameter": [{"name": "tls", "value": "enabled"}]}, []) == set()

test_left_out if found({}, []) == set()

test_unknown if found({"parameter": [{"name": "tls"}]}, ["parameter.0.value"]) == set()
