package wayleave.aws.ecs.network_mode_test

import data.wayleave.aws.ecs.network_mode

found(values, unknown) := answer if {
	answer := network_mode.deny with input as {"resources": {"aws_ecs_task_definition": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["network_mode"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"network_mode": "x-bad"}, [])) == 1

test_good if found({"network_mode": "awsvpc"}, []) == set()

test_unknown if found({}, ["network_mode"]) == set()

test_left_out if found({}, []) == set()
