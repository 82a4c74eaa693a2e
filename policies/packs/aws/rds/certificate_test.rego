package wayleave.aws.rds.certificate_test

import data.wayleave.aws.rds.certificate

found(values, unknown) := answer if {
	answer := certificate.deny with input as {"resources": {"aws_db_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["ca_cert_identifier"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"ca_cert_identifier": "x-bad"}, [])) == 1

test_good if found({"ca_cert_identifier": "rds-ca-rsa2048-g1"}, []) == set()

test_unknown if found({}, ["ca_cert_identifier"]) == set()

test_left_out if found({}, []) == set()
