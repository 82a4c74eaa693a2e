package wayleave.aws.elb.waf_test

import data.wayleave.aws.elb.waf

balancer(values, unknown) := {"address": "b", "values": values, "unknown": unknown, "written": ["internal", "load_balancer_type"], "links": {}}

found(values, unknown, associations) := answer if {
	answer := waf.deny with input as {"resources": {"aws_lb": [balancer(values, unknown)], "aws_wafv2_web_acl_association": associations}}
}

test_public if count(found({}, [], [])) == 1

test_internal if found({"internal": true}, [], []) == set()

test_network if found({"load_balancer_type": "network"}, [], []) == set()

test_unknown if found({}, ["internal"], []) == set()

test_associated if found({}, [], [{"address": "a", "values": {}, "unknown": ["resource_arn"], "links": {"resource_arn": ["b"]}}]) == set()
