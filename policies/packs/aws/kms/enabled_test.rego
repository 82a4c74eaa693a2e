package wayleave.aws.kms.enabled_test

import data.wayleave.aws.kms.enabled

found(resources) := answer if {
	answer := enabled.deny with input as {"resources": resources}
}

key(values) := found({"aws_kms_key": [{"address": "k", "values": values}]})

test_disabled if count(key({"is_enabled": false})) == 1

test_enabled if key({"is_enabled": true}) == set()

test_left_out if key({}) == set()
