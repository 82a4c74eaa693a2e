package wayleave.aws.ec2.source_dest_check_test

import data.wayleave.aws.ec2.source_dest_check

found(values, unknown) := answer if {
	answer := source_dest_check.deny with input as {"resources": {"aws_network_interface": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["source_dest_check"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"source_dest_check": false}, [])) == 1

test_good if found({"source_dest_check": true}, []) == set()

test_unknown if found({}, ["source_dest_check"]) == set()

test_left_out if found({}, []) == set()
