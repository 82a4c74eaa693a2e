package wayleave.aws.ecs.privileged_test

import data.wayleave.aws.ecs.privileged

found(container) := answer if {
	answer := privileged.deny with input as {"resources": {"aws_ecs_task_definition": [{
		"address": "t",
		"values": {"container_definitions": json.marshal([container])},
	}]}}
}

test_unknown if {
	answer := privileged.deny with input as {"resources": {"aws_ecs_task_definition": [{"address": "t", "values": {}, "unknown": ["container_definitions"]}]}}
	answer == set()
}

test_on if count(found({"privileged": true})) == 1

test_off if found({"privileged": false}) == set()
