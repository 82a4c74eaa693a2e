package wayleave.aws.elb.listener_tls_test

import data.wayleave.aws.elb.listener_tls

found(actions, unknown) := answer if {
	answer := listener_tls.deny with input as {"resources": {"aws_lb_listener": [{
		"address": "l",
		"values": {"protocol": "HTTP", "default_action": actions},
		"unknown": unknown,
		"written": ["protocol", "default_action"],
	}]}}
}

test_forward if count(found([{"type": "forward"}], [])) == 1

test_redirect if found([{"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}], []) == set()

test_redirect_to_itself if count(found([{"type": "redirect", "redirect": [{"port": "8080"}]}], [])) == 1

test_unknown if found([{}], ["default_action.0.type"]) == set()
