package wayleave.aws.codebuild.logging_test

import data.wayleave.aws.codebuild.logging

found(logs) := answer if {
	answer := logging.deny with input as {"resources": {"aws_codebuild_project": [{"address": "p", "values": {"logs_config": [logs]}}]}}
}

test_off if count(found({"cloudwatch_logs": [{"status": "DISABLED"}]})) == 1

test_elsewhere if found({"cloudwatch_logs": [{"status": "DISABLED"}], "s3_logs": [{"status": "ENABLED"}]}) == set()

test_default if found({}) == set()
