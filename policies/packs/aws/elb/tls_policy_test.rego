package wayleave.aws.elb.tls_policy_test

import data.wayleave.aws.elb.tls_policy

found(values, unknown) := answer if {
	answer := tls_policy.deny with input as {"resources": {"aws_lb_listener": [{
		"address": "l",
		"values": object.union({"protocol": "HTTPS"}, values),
		"unknown": unknown,
		"written": ["protocol", "ssl_policy"],
	}]}}
}

test_default if count(found({}, [])) == 1

test_old if count(found({"ssl_policy": "ELBSecurityPolicy-TLS-1-1-2017-01"}, [])) == 1

test_new if found({"ssl_policy": "ELBSecurityPolicy-FS-1-2-Res-2020-10"}, []) == set()

test_thirteen_with_old if count(found({"ssl_policy": "ELBSecurityPolicy-TLS13-1-0-2021-06"}, [])) == 1

test_unknown if found({}, ["ssl_policy"]) == set()
