package wayleave.aws.kms.rotation_test

import data.wayleave.aws.kms.rotation

found(values, unknown) := answer if {
	answer := rotation.deny with input as {"resources": {"aws_kms_key": [{
		"address": "k",
		"values": values,
		"unknown": unknown,
		"written": ["enable_key_rotation", "customer_master_key_spec"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_off if count(found({"enable_key_rotation": false, "customer_master_key_spec": "SYMMETRIC_DEFAULT"}, [])) == 1

test_on if found({"enable_key_rotation": true}, []) == set()

test_unknown if found({}, ["enable_key_rotation"]) == set()

test_asymmetric if found({"customer_master_key_spec": "RSA_2048"}, []) == set()

test_perhaps_asymmetric if found({}, ["customer_master_key_spec"]) == set()

test_elsewhere if found({"custom_key_store_id": "x"}, []) == set()
