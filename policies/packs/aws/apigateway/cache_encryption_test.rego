package wayleave.aws.apigateway.cache_encryption_test

import data.wayleave.aws.apigateway.cache_encryption

found(values, unknown) := answer if {
	answer := cache_encryption.deny with input as {"resources": {"aws_api_gateway_method_settings": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["settings"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"settings": [{"caching_enabled": true, "cache_data_encrypted": false}]}, [])) == 1

test_good if found({"settings": [{"caching_enabled": true, "cache_data_encrypted": true}]}, []) == set()

test_unknown if found({"settings": [{"caching_enabled": true}]}, ["settings.0.cache_data_encrypted"]) == set()

test_left_out if count(found({"settings": [{"caching_enabled": true}]}, [])) == 1
