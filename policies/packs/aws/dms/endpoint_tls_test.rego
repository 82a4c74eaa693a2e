package wayleave.aws.dms.endpoint_tls_test

import data.wayleave.aws.dms.endpoint_tls

found(values, unknown) := answer if {
	answer := endpoint_tls.deny with input as {"resources": {"aws_dms_endpoint": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["ssl_mode", "redis_settings"],
		"links": {},
		"documents": {},
	}]}}
}
test_none if count(found({"engine_name": "mysql", "ssl_mode": "none"}, [])) == 1

test_left_out if count(found({"engine_name": "mysql"}, [])) == 1

test_good if found({"engine_name": "mysql", "ssl_mode": "verify-ca"}, []) == set()

test_bucket if found({"engine_name": "s3"}, []) == set()

test_unknown if found({"engine_name": "mysql"}, ["ssl_mode"]) == set()

test_redis if count(found({"engine_name": "redis", "redis_settings": [{"ssl_security_protocol": "plaintext"}]}, [])) == 1
