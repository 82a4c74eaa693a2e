package wayleave.aws.ecr.kms_encryption_test

import data.wayleave.aws.ecr.kms_encryption

found(values, unknown) := answer if {
	answer := kms_encryption.deny with input as {"resources": {"aws_ecr_repository": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["encryption_configuration"],
	}]}}
}

test_left_out if count(found({}, [])) == 1

test_kms if found({"encryption_configuration": [{"encryption_type": "KMS_DSSE"}]}, []) == set()

test_unknown if found({"encryption_configuration": [{}]}, ["encryption_configuration.0.encryption_type"]) == set()
