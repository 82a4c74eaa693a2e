package wayleave.aws.sagemaker.encryption_test

import data.wayleave.aws.sagemaker.encryption

found(values, unknown) := answer if {
	answer := encryption.deny with input as {"resources": {"aws_sagemaker_notebook_instance": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["kms_key_id"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"kms_key_id": ""}, [])) == 1

test_good if found({"kms_key_id": "x"}, []) == set()

test_unknown if found({}, ["kms_key_id"]) == set()

test_left_out if count(found({}, [])) == 1
