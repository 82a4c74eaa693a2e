package wayleave.aws.ecs.public_address_test

import data.wayleave.aws.ecs.public_address

found(value) := answer if {
	answer := public_address.deny with input as {"resources": {"aws_ecs_service": [{"address": "s", "values": {"network_configuration": [{"assign_public_ip": value}]}}]}}
}

test_on if count(found(true)) == 1

test_word if count(found("ENABLED")) == 1

test_off if found(false) == set()

test_unknown if found(null) == set()
