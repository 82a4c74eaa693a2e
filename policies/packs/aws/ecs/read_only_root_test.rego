package wayleave.aws.ecs.read_only_root_test

import data.wayleave.aws.ecs.read_only_root

found(container) := answer if {
	answer := read_only_root.deny with input as {"resources": {"aws_ecs_task_definition": [{
		"address": "t",
		"values": {"container_definitions": json.marshal([container])},
	}]}}
}

test_unknown if {
	answer := read_only_root.deny with input as {"resources": {"aws_ecs_task_definition": [{"address": "t", "values": {}, "unknown": ["container_definitions"]}]}}
	answer == set()
}

test_left_out if count(found({})) == 1

test_on if found({"readonlyRootFilesystem": true}) == set()
