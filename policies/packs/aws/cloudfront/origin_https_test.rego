package wayleave.aws.cloudfront.origin_https_test

import data.wayleave.aws.cloudfront.origin_https

found(custom, viewer) := answer if {
	answer := origin_https.deny with input as {"resources": {"aws_cloudfront_distribution": [{"address": "d", "values": {
		"origin": [{"custom_origin_config": [custom]}],
		"default_cache_behavior": [{"viewer_protocol_policy": viewer}],
	}}]}}
}

test_plain if count(found({"origin_protocol_policy": "http-only"}, "https-only")) == 1

test_as_the_viewer_who_must_not if found({"origin_protocol_policy": "match-viewer"}, "https-only") == set()

test_as_the_viewer_who_may if count(found({"origin_protocol_policy": "match-viewer"}, "allow-all")) == 1

test_weak if count(found({"origin_protocol_policy": "https-only", "origin_ssl_protocols": ["SSLv3", "TLSv1.2"]}, "https-only")) == 1

test_unknown if found({}, "https-only") == set()
