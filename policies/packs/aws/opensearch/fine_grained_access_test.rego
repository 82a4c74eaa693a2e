package wayleave.aws.opensearch.fine_grained_access_test

import data.wayleave.aws.opensearch.fine_grained_access

found(values, unknown) := answer if {
	answer := fine_grained_access.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["advanced_security_options"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"advanced_security_options": [{"enabled": false}]}, [])) == 1

test_good if found({"advanced_security_options": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["advanced_security_options.0.enabled"]) == set()

test_left_out if count(found({}, [])) == 1
