package wayleave.aws.ecs.container_secrets_test

import data.wayleave.aws.ecs.container_secrets

found(container) := answer if {
	answer := container_secrets.deny with input as {"resources": {"aws_ecs_task_definition": [{
		"address": "t",
		"values": {"container_definitions": json.marshal([container])},
	}]}}
}

test_unknown if {
	answer := container_secrets.deny with input as {"resources": {"aws_ecs_task_definition": [{"address": "t", "values": {}, "unknown": ["container_definitions"]}]}}
	answer == set()
}

test_password if count(found({"environment": [{"name": "PASSWORD", "value": "hunter22"}]})) == 1

test_key if count(found({"environment": [{"name": "X", "value": "AKIAIOSFODNN7EXAMPLE"}]})) == 1

test_reference if found({"environment": [{"name": "PASSWORD_FILE", "value": "/run/secrets/db"}]}) == set()

test_empty if found({"environment": [{"name": "PASSWORD", "value": ""}]}) == set()

test_harmless if found({"environment": [{"name": "STAGE", "value": "dev"}]}) == set()
