package wayleave.aws.ecs.host_processes_test

import data.wayleave.aws.ecs.host_processes

found(values, unknown) := answer if {
	answer := host_processes.deny with input as {"resources": {"aws_ecs_task_definition": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["pid_mode"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"pid_mode": "host"}, [])) == 1

test_good if found({"pid_mode": "x-good"}, []) == set()

test_unknown if found({}, ["pid_mode"]) == set()

test_left_out if found({}, []) == set()
