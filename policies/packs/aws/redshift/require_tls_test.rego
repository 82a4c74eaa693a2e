package wayleave.aws.redshift.require_tls_test

import data.wayleave.aws.redshift.require_tls

found(parameters, unknown) := answer if {
	answer := require_tls.deny with input as {"resources": {"aws_redshift_parameter_group": [{
		"address": "g",
		"values": {"parameter": parameters},
		"unknown": unknown,
		"written": ["parameter"],
	}]}}
}

test_none if count(found([], [])) == 1

test_off if count(found([{"name": "require_ssl", "value": "false"}], [])) == 1

test_on if found([{"name": "require_ssl", "value": true}], []) == set()

test_unknown if found([{"name": "require_ssl"}], ["parameter.0.value"]) == set()
