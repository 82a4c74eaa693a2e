package wayleave.aws.opensearch.encryption_at_rest_test

import data.wayleave.aws.opensearch.encryption_at_rest

found(values, unknown) := answer if {
	answer := encryption_at_rest.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encrypt_at_rest"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encrypt_at_rest": [{"enabled": false}]}, [])) == 1

test_good if found({"encrypt_at_rest": [{"enabled": true}]}, []) == set()

test_unknown if found({}, ["encrypt_at_rest.0.enabled"]) == set()

test_left_out if count(found({}, [])) == 1
