package wayleave.aws.opensearch.https_test

import data.wayleave.aws.opensearch.https

found(values, unknown) := answer if {
	answer := https.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["domain_endpoint_options"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"domain_endpoint_options": [{"enforce_https": false}]}, [])) == 1

test_good if found({"domain_endpoint_options": [{"enforce_https": true}]}, []) == set()

test_unknown if found({}, ["domain_endpoint_options.0.enforce_https"]) == set()

test_left_out if count(found({}, [])) == 1
