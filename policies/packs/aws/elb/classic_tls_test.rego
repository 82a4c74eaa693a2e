package wayleave.aws.elb.classic_tls_test

import data.wayleave.aws.elb.classic_tls

found(protocol) := answer if {
	answer := classic_tls.deny with input as {"resources": {"aws_elb": [{"address": "e", "values": {"listener": [{"lb_port": 80, "lb_protocol": protocol}]}}]}}
}

test_plain if count(found("HTTP")) == 1

test_tls if found("https") == set()

test_unknown if found(null) == set()
