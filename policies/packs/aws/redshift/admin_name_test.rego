package wayleave.aws.redshift.admin_name_test

import data.wayleave.aws.redshift.admin_name

found(values, unknown) := answer if {
	answer := admin_name.deny with input as {"resources": {"aws_redshift_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["master_username"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"master_username": "awsuser"}, [])) == 1

test_good if found({"master_username": "facts_owner"}, []) == set()

test_unknown if found({}, ["master_username"]) == set()

test_left_out if found({}, []) == set()
