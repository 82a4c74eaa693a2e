package wayleave.aws.organizations.close_on_deletion_test

import data.wayleave.aws.organizations.close_on_deletion

found(values, unknown) := answer if {
	answer := close_on_deletion.deny with input as {"resources": {"aws_organizations_account": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["close_on_deletion"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"close_on_deletion": true}, [])) == 1

test_good if found({"close_on_deletion": false}, []) == set()

test_unknown if found({}, ["close_on_deletion"]) == set()

test_left_out if found({}, []) == set()
