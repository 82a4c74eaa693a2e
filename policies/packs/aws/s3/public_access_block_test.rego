package wayleave.aws.s3.public_access_block_test

import data.wayleave.aws.s3.public_access_block

bucket := {"address": "b", "values": {}, "unknown": [], "links": {}}

block(values, unknown, links) := {"address": "p", "values": values, "unknown": unknown, "links": links}

all := {"block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}

found(resources) := answer if {
	answer := public_access_block.deny with input as {"resources": resources}
}

test_missing if count(found({"aws_s3_bucket": [bucket]})) == 1

test_linked if {
	block_here := block(all, ["bucket"], {"bucket": ["b"]})
	found({"aws_s3_bucket": [bucket], "aws_s3_bucket_public_access_block": [block_here]}) == set()
}

test_linked_to_another if {
	block_there := block(all, ["bucket"], {"bucket": ["c"]})
	count(found({"aws_s3_bucket": [bucket], "aws_s3_bucket_public_access_block": [block_there]})) == 1
}

test_link_that_cannot_be_followed_may_be_ours if {
	block_somewhere := block(all, ["bucket"], {})
	found({"aws_s3_bucket": [bucket], "aws_s3_bucket_public_access_block": [block_somewhere]}) == set()
}

test_off_is_worse_than_missing if {
	some finding in found({"aws_s3_bucket_public_access_block": [block({"block_public_acls": true}, [], {})]})
	finding.severity == "high"
	contains(finding.message, "off: block_public_policy, ignore_public_acls, restrict_public_buckets")
}

test_unknown_is_not_off if {
	values := object.remove(all, ["block_public_policy"])
	found({"aws_s3_bucket_public_access_block": [block(values, ["block_public_policy"], {})]}) == set()
}

test_whole_account if found({"aws_s3_bucket": [bucket], "aws_s3_account_public_access_block": [block(all, [], {})]}) == set()
