package wayleave.aws.redshiftserverless.require_tls_test

import data.wayleave.aws.redshiftserverless.require_tls

found(values, unknown) := answer if {
	answer := require_tls.deny with input as {"resources": {"aws_redshiftserverless_workgroup": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["config_parameter"],
		"links": {},
		"documents": {},
	}]}}
}
test_left_out if count(found({}, [])) == 1

test_off if count(found({"config_parameter": [{"parameter_key": "require_ssl", "parameter_value": "false"}]}, [])) == 1

test_good if found({"config_parameter": [{"parameter_key": "require_ssl", "parameter_value": "true"}]}, []) == set()

test_unknown if found({}, ["config_parameter"]) == set()

test_value_unknown if found({"config_parameter": [{"parameter_key": "require_ssl"}]}, ["config_parameter.0.parameter_value"]) == set()
