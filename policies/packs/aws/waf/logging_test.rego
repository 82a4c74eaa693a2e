package wayleave.aws.waf.logging_test

import data.wayleave.aws.waf.logging

acl := {"address": "a", "values": {}, "unknown": [], "written": [], "links": {}}

found(configurations) := answer if {
	answer := logging.deny with input as {"resources": {"aws_wafv2_web_acl": [acl], "aws_wafv2_web_acl_logging_configuration": configurations}}
}

configuration(links) := {"address": "c", "values": {}, "unknown": ["resource_arn"], "links": links}

test_none if count(found([])) == 1

test_attached if found([configuration({"resource_arn": ["a"]})]) == set()

test_unknown if found([configuration({})]) == set()

test_classic if {
	answer := logging.deny with input as {"resources": {"aws_waf_web_acl": [acl]}}
	count(answer) == 1
}
