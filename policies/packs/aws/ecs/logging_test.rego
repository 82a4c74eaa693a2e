package wayleave.aws.ecs.logging_test

import data.wayleave.aws.ecs.logging

found(values, unknown) := answer if {
	answer := logging.deny with input as {"resources": {"aws_ecs_task_definition": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["container_definitions"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({"container_definitions": `[{"name": "a"}]`}, [])) == 1

test_good if found({"container_definitions": `[{"name": "a", "logConfiguration": {"logDriver": "awslogs"}}]`}, []) == set()

test_unknown if found({}, ["container_definitions"]) == set()

test_unknown_itself if found({"container_definitions": [{"name": "a"}]}, ["container_definitions.0.logConfiguration"]) == set()

test_unknown_beside if count(found({"container_definitions": [{"name": "a"}]}, ["container_definitions.0.image"])) == 1
