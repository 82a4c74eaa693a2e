package wayleave.aws.msk.logging_test

import data.wayleave.aws.msk.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_msk_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["logging_info"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"logging_info": ""}, [])) == 1

test_good if found({"logging_info": "x"}, []) == set()

test_unknown if found({}, ["logging_info"]) == set()

test_left_out if count(found({}, [])) == 1
