package wayleave.aws.rds.cluster_backup_test

import data.wayleave.aws.rds.cluster_backup

found(values, unknown) := answer if {
	answer := cluster_backup.deny with input as {"resources": {"aws_rds_cluster": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["backup_retention_period"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"backup_retention_period": 6}, [])) == 1

test_good if found({"backup_retention_period": 7}, []) == set()

test_unknown if found({}, ["backup_retention_period"]) == set()

test_left_out if count(found({}, [])) == 1
