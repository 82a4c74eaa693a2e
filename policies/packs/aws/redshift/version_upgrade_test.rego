package wayleave.aws.redshift.version_upgrade_test

import data.wayleave.aws.redshift.version_upgrade

found(values, unknown) := answer if {
	answer := version_upgrade.deny with input as {"resources": {"aws_redshift_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["allow_version_upgrade"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"allow_version_upgrade": false}, [])) == 1

test_good if found({"allow_version_upgrade": true}, []) == set()

test_unknown if found({}, ["allow_version_upgrade"]) == set()

test_left_out if found({}, []) == set()
