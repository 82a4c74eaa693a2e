package wayleave.aws.directconnect.macsec_test

import data.wayleave.aws.directconnect.macsec

found(values, unknown) := answer if {
	answer := macsec.deny with input as {"resources": {"aws_dx_connection": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["request_macsec"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"request_macsec": false}, [])) == 1

test_good if found({"request_macsec": true}, []) == set()

test_unknown if found({}, ["request_macsec"]) == set()

test_left_out if count(found({}, [])) == 1
