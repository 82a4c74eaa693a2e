package wayleave.aws.redshift.backup_test

import data.wayleave.aws.redshift.backup

found(values, unknown) := answer if {
	answer := backup.deny with input as {"resources": {"aws_redshift_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["automated_snapshot_retention_period"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"automated_snapshot_retention_period": 6}, [])) == 1

test_good if found({"automated_snapshot_retention_period": 7}, []) == set()

test_unknown if found({}, ["automated_snapshot_retention_period"]) == set()

test_left_out if count(found({}, [])) == 1
