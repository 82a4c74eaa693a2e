package wayleave.aws.dynamodb.point_in_time_recovery_test

import data.wayleave.aws.dynamodb.point_in_time_recovery

found(blocks, unknown, written) := answer if {
	answer := point_in_time_recovery.deny with input as {"resources": {"aws_dynamodb_table": [{
		"address": "t",
		"values": {"point_in_time_recovery": blocks},
		"unknown": unknown,
		"written": written,
	}]}}
}

test_on if found([{"enabled": true}], [], []) == set()

test_off if count(found([{"enabled": false}], ["point_in_time_recovery.0.recovery_period_in_days"], ["point_in_time_recovery"])) == 1

test_left_out_gets_the_default if count(found([], ["point_in_time_recovery"], ["name"])) == 1

test_unknown if found([{}], ["point_in_time_recovery.0.enabled"], ["point_in_time_recovery"]) == set()
