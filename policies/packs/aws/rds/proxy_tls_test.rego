package wayleave.aws.rds.proxy_tls_test

import data.wayleave.aws.rds.proxy_tls

found(values, unknown) := answer if {
	answer := proxy_tls.deny with input as {"resources": {"aws_db_proxy": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["require_tls"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"require_tls": false}, [])) == 1

test_good if found({"require_tls": true}, []) == set()

test_unknown if found({}, ["require_tls"]) == set()

test_left_out if count(found({}, [])) == 1
