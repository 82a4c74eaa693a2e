package wayleave.aws.waf.rules_test

import data.wayleave.aws.waf.rules

found(values, unknown) := answer if {
	answer := rules.deny with input as {"resources": {"aws_wafv2_web_acl": [{"address": "a", "values": values, "unknown": unknown, "written": ["rule"]}]}}
}

test_none if count(found({}, [])) == 1

test_unknown if found({}, ["rule"]) == set()

test_blocks if found({"default_action": [{"block": [{}]}]}, []) == set()
