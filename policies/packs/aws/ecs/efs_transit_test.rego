package wayleave.aws.ecs.efs_transit_test

import data.wayleave.aws.ecs.efs_transit

found(configuration, unknown) := answer if {
	answer := efs_transit.deny with input as {"resources": {"aws_ecs_task_definition": [{
		"address": "t",
		"values": {"volume": [{"name": "home", "efs_volume_configuration": [configuration]}]},
		"unknown": unknown,
		"written": ["volume"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_on if found({"transit_encryption": "ENABLED"}, []) == set()

test_unknown if found({}, ["volume.0.efs_volume_configuration.0.transit_encryption"]) == set()
