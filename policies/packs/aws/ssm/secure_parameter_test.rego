package wayleave.aws.ssm.secure_parameter_test

import data.wayleave.aws.ssm.secure_parameter

found(name, kind) := answer if {
	answer := secure_parameter.deny with input as {"resources": {"aws_ssm_parameter": [{"address": "p", "values": {"name": name, "type": kind}}]}}
}

test_password if count(found("/app/db_password", "String")) == 1

test_secure if found("/app/db_password", "SecureString") == set()

test_reference if found("/app/db_secret_arn", "String") == set()

test_harmless if found("/app/stage", "String") == set()

test_unknown if found(null, "String") == set()
