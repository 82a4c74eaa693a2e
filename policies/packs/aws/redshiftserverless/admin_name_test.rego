package wayleave.aws.redshiftserverless.admin_name_test

import data.wayleave.aws.redshiftserverless.admin_name

found(values, unknown) := answer if {
	answer := admin_name.deny with input as {"resources": {"aws_redshiftserverless_namespace": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["admin_username"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"admin_username": "admin"}, [])) == 1

test_good if found({"admin_username": "facts_owner"}, []) == set()

test_unknown if found({}, ["admin_username"]) == set()

test_left_out if found({}, []) == set()
