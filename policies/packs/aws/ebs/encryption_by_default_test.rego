package wayleave.aws.ebs.encryption_by_default_test

import data.wayleave.aws.ebs.encryption_by_default

found(values) := answer if {
	answer := encryption_by_default.deny with input as {"resources": {"aws_ebs_encryption_by_default": [{"address": "d", "values": values}]}}
}

test_off if count(found({"enabled": false})) == 1

test_left_out_is_on if found({}) == set()
