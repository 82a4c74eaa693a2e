package wayleave.aws.networkfirewall.logging_test

import data.wayleave.aws.networkfirewall.logging

firewall := {"address": "f", "values": {}, "unknown": [], "written": [], "links": {}}

found(links) := answer if {
	answer := logging.deny with input as {"resources": {
		"aws_networkfirewall_firewall": [firewall],
		"aws_networkfirewall_logging_configuration": [{"address": "l", "values": {}, "unknown": ["firewall_arn"], "links": links}],
	}}
}

test_none if {
	answer := logging.deny with input as {"resources": {"aws_networkfirewall_firewall": [firewall]}}
	count(answer) == 1
}

test_logged if found({"firewall_arn": ["f"]}) == set()

test_unknown if found({}) == set()
