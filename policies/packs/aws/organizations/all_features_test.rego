package wayleave.aws.organizations.all_features_test

import data.wayleave.aws.organizations.all_features

found(values, unknown) := answer if {
	answer := all_features.deny with input as {"resources": {"aws_organizations_organization": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["feature_set"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"feature_set": "CONSOLIDATED_BILLING"}, [])) == 1

test_good if found({"feature_set": "x-good"}, []) == set()

test_unknown if found({}, ["feature_set"]) == set()

test_left_out if found({}, []) == set()
