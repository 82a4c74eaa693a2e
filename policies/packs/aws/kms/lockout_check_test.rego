package wayleave.aws.kms.lockout_check_test

import data.wayleave.aws.kms.lockout_check

found(resources) := answer if {
	answer := lockout_check.deny with input as {"resources": resources}
}

key(values) := found({"aws_kms_key": [{"address": "k", "values": values}]})

test_bypassed if count(key({"bypass_policy_lockout_safety_check": true})) == 1

test_checked if key({"bypass_policy_lockout_safety_check": false}) == set()

test_left_out if key({}) == set()
