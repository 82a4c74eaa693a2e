package wayleave.aws.s3.access_point_test

import data.wayleave.aws.s3.access_point

found(blocks) := answer if {
	answer := access_point.deny with input as {"resources": {
		"aws_s3_access_point": [{"address": "a", "values": {"public_access_block_configuration": blocks}}],
		"aws_s3control_multi_region_access_point": [{"address": "m", "values": {"details": [{"public_access_block": blocks}]}}],
	}}
}

test_off if count(found([{"ignore_public_acls": false}])) == 2

test_default if found([{}]) == set()

test_none if found([]) == set()
