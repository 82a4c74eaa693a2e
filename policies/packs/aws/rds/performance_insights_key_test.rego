package wayleave.aws.rds.performance_insights_key_test

import data.wayleave.aws.rds.performance_insights_key

found(values, unknown) := answer if {
	answer := performance_insights_key.deny with input as {"resources": {"aws_db_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["performance_insights_kms_key_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"performance_insights_enabled": true, "performance_insights_kms_key_id": ""}, [])) == 1

test_good if found({"performance_insights_enabled": true, "performance_insights_kms_key_id": "x"}, []) == set()

test_unknown if found({"performance_insights_enabled": true}, ["performance_insights_kms_key_id"]) == set()

test_left_out if count(found({"performance_insights_enabled": true}, [])) == 1
