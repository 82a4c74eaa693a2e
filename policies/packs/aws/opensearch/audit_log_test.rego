package wayleave.aws.opensearch.audit_log_test

import data.wayleave.aws.opensearch.audit_log

found(values, unknown) := answer if {
	answer := audit_log.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "d",
		"values": values,
		"unknown": unknown,
		"written": ["log_publishing_options"],
	}]}}
}

test_others_only if count(found({"log_publishing_options": [{"log_type": "INDEX_SLOW_LOGS"}]}, [])) == 1

test_on if found({"log_publishing_options": [{"log_type": "AUDIT_LOGS"}]}, []) == set()

test_unknown if found({"log_publishing_options": [{}]}, ["log_publishing_options.0.log_type"]) == set()
