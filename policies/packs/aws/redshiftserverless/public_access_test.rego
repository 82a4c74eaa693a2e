package wayleave.aws.redshiftserverless.public_access_test

import data.wayleave.aws.redshiftserverless.public_access

found(values, unknown) := answer if {
	answer := public_access.deny with input as {"resources": {"aws_redshiftserverless_workgroup": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["publicly_accessible"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"publicly_accessible": true}, [])) == 1

test_good if found({"publicly_accessible": false}, []) == set()

test_unknown if found({}, ["publicly_accessible"]) == set()

test_left_out if found({}, []) == set()
