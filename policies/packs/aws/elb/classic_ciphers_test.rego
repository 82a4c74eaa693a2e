package wayleave.aws.elb.classic_ciphers_test

import data.wayleave.aws.elb.classic_ciphers

found(name, value) := answer if {
	answer := classic_ciphers.deny with input as {"resources": {"aws_load_balancer_policy": [{
		"address": "p",
		"values": {"policy_attribute": [{"name": name, "value": value}]},
	}]}}
}

test_old_protocol if count(found("Protocol-TLSv1", "true")) == 1

test_new_protocol if found("Protocol-TLSv1.2", "true") == set()

test_weak_cipher if count(found("RC4-SHA", "true")) == 1

test_weak_cipher_off if found("RC4-SHA", "false") == set()

test_old_policy if count(found("Reference-Security-Policy", "ELBSecurityPolicy-2016-08")) == 1

test_unknown if found("Reference-Security-Policy", null) == set()
