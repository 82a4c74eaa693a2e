package wayleave.aws.apigateway.waf_test

import data.wayleave.aws.apigateway.waf

found(apis, associations) := answer if {
	answer := waf.deny with input as {"resources": {
		"aws_api_gateway_stage": [{"address": "s", "values": {}, "unknown": [], "links": {"rest_api_id": ["a"]}}],
		"aws_api_gateway_rest_api": apis,
		"aws_wafv2_web_acl_association": associations,
	}}
}

api(kind) := {"address": "a", "values": {"endpoint_configuration": [{"types": [kind]}]}, "unknown": [], "links": {}}

test_alone if count(found([api("REGIONAL")], [])) == 1

test_private if found([api("PRIVATE")], []) == set()

test_associated if found([api("REGIONAL")], [{"address": "w", "values": {}, "unknown": ["resource_arn"], "links": {"resource_arn": ["s"]}}]) == set()

test_unknown if found([api("REGIONAL")], [{"address": "w", "values": {}, "unknown": ["resource_arn"], "links": {}}]) == set()
