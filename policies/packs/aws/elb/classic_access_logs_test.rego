package wayleave.aws.elb.classic_access_logs_test

import data.wayleave.aws.elb.classic_access_logs

found(values, unknown) := answer if {
	answer := classic_access_logs.deny with input as {"resources": {"aws_elb": [{
		"address": "e",
		"values": values,
		"unknown": unknown,
		"written": ["access_logs"],
	}]}}
}

test_none if count(found({}, [])) == 1

test_off if count(found({"access_logs": [{"bucket": "b", "enabled": false}]}, [])) == 1

test_on if found({"access_logs": [{"bucket": "b"}]}, []) == set()

test_unknown if found({}, ["access_logs"]) == set()
