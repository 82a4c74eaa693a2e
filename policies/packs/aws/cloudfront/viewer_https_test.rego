package wayleave.aws.cloudfront.viewer_https_test

import data.wayleave.aws.cloudfront.viewer_https

found(values) := answer if {
	answer := viewer_https.deny with input as {"resources": {"aws_cloudfront_distribution": [{"address": "d", "values": values}]}}
}

test_one_of_many if {
	count(found({
		"default_cache_behavior": [{"viewer_protocol_policy": "https-only"}],
		"ordered_cache_behavior": [{}, {"viewer_protocol_policy": "allow-all"}],
	})) == 1
}

test_unknown if found({"default_cache_behavior": [{}]}) == set()
