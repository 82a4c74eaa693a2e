package wayleave.aws.dms.multi_az_test

import data.wayleave.aws.dms.multi_az

found(values, unknown) := answer if {
	answer := multi_az.deny with input as {"resources": {"aws_dms_replication_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["multi_az"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"multi_az": false}, [])) == 1

test_good if found({"multi_az": true}, []) == set()

test_unknown if found({}, ["multi_az"]) == set()

test_left_out if count(found({}, [])) == 1
