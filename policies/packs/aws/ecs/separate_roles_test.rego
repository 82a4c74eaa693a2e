package wayleave.aws.ecs.separate_roles_test

import data.wayleave.aws.ecs.separate_roles

found(values, links) := answer if {
	answer := separate_roles.deny with input as {"resources": {"aws_ecs_task_definition": [{"address": "t", "values": values, "links": links}]}}
}

test_same if count(found({"task_role_arn": "a", "execution_role_arn": "a"}, {})) == 1

test_same_resource if count(found({}, {"task_role_arn": ["r"], "execution_role_arn": ["r"]})) == 1

test_others if found({"task_role_arn": "a", "execution_role_arn": "b"}, {}) == set()

test_unknown if found({}, {}) == set()
