package wayleave.aws.dms.endpoint_auth_test

import data.wayleave.aws.dms.endpoint_auth

found(values, unknown) := answer if {
	answer := endpoint_auth.deny with input as {"resources": {"aws_dms_endpoint": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["mongodb_settings"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"mongodb_settings": [{"auth_type": "no"}]}, [])) == 1

test_good if found({"mongodb_settings": [{"auth_type": "password"}]}, []) == set()

test_unknown if found({}, ["mongodb_settings.0.auth_type"]) == set()

test_left_out if found({}, []) == set()
