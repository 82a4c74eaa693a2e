package wayleave.aws.opensearch.logging_test

import data.wayleave.aws.opensearch.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "d",
		"values": values,
		"unknown": unknown,
		"written": ["log_publishing_options"],
	}]}}
}

test_none if count(found({}, [])) == 1

test_off if count(found({"log_publishing_options": [{"enabled": false, "log_type": "INDEX_SLOW_LOGS"}]}, [])) == 1

test_on if found({"log_publishing_options": [{"log_type": "INDEX_SLOW_LOGS"}]}, []) == set()

test_unknown if found({}, ["log_publishing_options"]) == set()
