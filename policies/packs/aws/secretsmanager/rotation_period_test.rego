package wayleave.aws.secretsmanager.rotation_period_test

import data.wayleave.aws.secretsmanager.rotation_period

found(days) := answer if {
	answer := rotation_period.deny with input as {"resources": {"aws_secretsmanager_secret_rotation": [{
		"address": "r",
		"values": {"rotation_rules": [{"automatically_after_days": days}]},
	}]}}
}

test_seldom if count(found(365)) == 1

test_often if found(30) == set()

test_unknown if found(null) == set()
