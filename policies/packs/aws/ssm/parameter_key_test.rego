package wayleave.aws.ssm.parameter_key_test

import data.wayleave.aws.ssm.parameter_key

found(values, unknown) := answer if {
	answer := parameter_key.deny with input as {"resources": {"aws_ssm_parameter": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["key_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"type": "SecureString", "key_id": ""}, [])) == 1

test_good if found({"type": "SecureString", "key_id": "x"}, []) == set()

test_unknown if found({"type": "SecureString"}, ["key_id"]) == set()

test_left_out if count(found({"type": "SecureString"}, [])) == 1
