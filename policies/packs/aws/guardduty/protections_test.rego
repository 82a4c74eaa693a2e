package wayleave.aws.guardduty.protections_test

import data.wayleave.aws.guardduty.protections

found(values, unknown) := answer if {
	answer := protections.deny with input as {"resources": {"aws_guardduty_detector_feature": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["name", "status"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"name": "S3_DATA_EVENTS", "status": "DISABLED"}, [])) == 1

test_good if found({"name": "S3_DATA_EVENTS", "status": "ENABLED"}, []) == set()

test_unknown if found({"name": "S3_DATA_EVENTS"}, ["status"]) == set()

of_detector(values) := answer if {
	answer := protections.deny with input as {"resources": {"aws_guardduty_detector": [{"address": "d", "values": values, "unknown": []}]}}
}

test_in_the_detector if count(of_detector({"features": [{"name": "RDS_LOGIN_EVENTS", "status": "DISABLED"}]})) == 1

test_older if count(of_detector({"datasources": [{"s3_logs": [{"enable": false}]}]})) == 1

test_older_on if of_detector({"datasources": [{"s3_logs": [{"enable": true}]}]}) == set()
