package wayleave.aws.opensearch.customer_key_test

import data.wayleave.aws.opensearch.customer_key

found(values, unknown) := answer if {
	answer := customer_key.deny with input as {"resources": {"aws_opensearch_domain": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encrypt_at_rest"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"encrypt_at_rest": [{"enabled": true, "kms_key_id": ""}]}, [])) == 1

test_good if found({"encrypt_at_rest": [{"enabled": true, "kms_key_id": "x"}]}, []) == set()

test_unknown if found({"encrypt_at_rest": [{"enabled": true}]}, ["encrypt_at_rest.0.kms_key_id"]) == set()

test_left_out if count(found({"encrypt_at_rest": [{"enabled": true}]}, [])) == 1
