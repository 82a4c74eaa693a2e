package wayleave.aws.s3.force_destroy_test

import data.wayleave.aws.s3.force_destroy

found(values) := answer if {
	answer := force_destroy.deny with input as {"resources": {"aws_s3_bucket": [{"address": "b", "values": values}]}}
}

test_on if count(found({"force_destroy": true})) == 1

test_off if found({"force_destroy": false}) == set()

test_left_out if found({}) == set()
