package wayleave.aws.kms.deletion_window_test

import data.wayleave.aws.kms.deletion_window

found(resources) := answer if {
	answer := deletion_window.deny with input as {"resources": resources}
}

key(values) := found({"aws_kms_key": [{"address": "k", "values": values}]})

test_short if count(key({"deletion_window_in_days": 7})) == 1

test_long if key({"deletion_window_in_days": 30}) == set()

test_left_out if key({}) == set()

test_template if count(key({"pending_window_in_days": "7"})) == 1
