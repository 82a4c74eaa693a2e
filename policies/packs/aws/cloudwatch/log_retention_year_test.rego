package wayleave.aws.cloudwatch.log_retention_year_test

import data.wayleave.aws.cloudwatch.log_retention_year

found(days) := answer if {
	answer := log_retention_year.deny with input as {"resources": {"aws_cloudwatch_log_group": [{"address": "g", "values": {"retention_in_days": days}}]}}
}

test_month if count(found(30)) == 1

test_year if found(365) == set()

test_for_ever if found(0) == set()

test_unknown if found(null) == set()
