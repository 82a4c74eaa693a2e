package wayleave.aws.secretsmanager.rotation_test

import data.wayleave.aws.secretsmanager.rotation

secret := {"address": "s", "values": {}, "unknown": [], "written": [], "links": {}}

found(rotations) := answer if {
	answer := rotation.deny with input as {"resources": {"aws_secretsmanager_secret": [secret], "aws_secretsmanager_secret_rotation": rotations}}
}

test_none if count(found([])) == 1

test_attached if found([{"address": "r", "values": {}, "unknown": ["secret_id"], "links": {"secret_id": ["s"]}}]) == set()

test_unknown if found([{"address": "r", "values": {}, "unknown": ["secret_id"], "links": {}}]) == set()
