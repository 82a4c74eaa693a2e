package wayleave.aws.opensearch.tls_policy_test

import data.wayleave.aws.opensearch.tls_policy

found(values, unknown) := answer if {
	answer := tls_policy.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["domain_endpoint_options"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"domain_endpoint_options": [{"tls_security_policy": "Policy-Min-TLS-1-0-2019-07"}]}, [])) == 1

test_good if found({"domain_endpoint_options": [{"tls_security_policy": "x-good"}]}, []) == set()

test_unknown if found({}, ["domain_endpoint_options.0.tls_security_policy"]) == set()

test_left_out if count(found({}, [])) == 1
