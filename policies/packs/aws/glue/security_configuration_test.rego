package wayleave.aws.glue.security_configuration_test

import data.wayleave.aws.glue.security_configuration

found(encryption, unknown) := answer if {
	answer := security_configuration.deny with input as {"resources": {"aws_glue_security_configuration": [{
		"address": "c",
		"values": {"encryption_configuration": [encryption]},
		"unknown": unknown,
		"written": ["encryption_configuration"],
	}]}}
}

test_none if [one.message | some one in found({}, [])] == ["not encrypted: bookmarks, data, logs"]

test_unknown if found({}, ["encryption_configuration.0"]) == set()
