package wayleave.aws.elb.classic_desync_test

import data.wayleave.aws.elb.classic_desync

found(values, unknown) := answer if {
	answer := classic_desync.deny with input as {"resources": {"aws_elb": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["desync_mitigation_mode"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"desync_mitigation_mode": "monitor"}, [])) == 1

test_good if found({"desync_mitigation_mode": "strictest"}, []) == set()

test_unknown if found({}, ["desync_mitigation_mode"]) == set()

test_left_out if found({}, []) == set()
