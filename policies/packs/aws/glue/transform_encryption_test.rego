package wayleave.aws.glue.transform_encryption_test

import data.wayleave.aws.glue.transform_encryption

found(values, unknown) := answer if {
	answer := transform_encryption.deny with input as {"resources": {"aws_glue_ml_transform": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["transform_encryption"],
		"links": {},
		"documents": {},
	}]}}
}
test_bad if count(found({"transform_encryption": [{"ml_user_data_encryption": [{"ml_user_data_encryption_mode": "DISABLED"}]}]}, [])) == 1

test_good if found({"transform_encryption": [{"ml_user_data_encryption": [{"ml_user_data_encryption_mode": "SSE-KMS"}]}]}, []) == set()

test_unknown if found({}, ["transform_encryption.0.ml_user_data_encryption.0.ml_user_data_encryption_mode"]) == set()

test_left_out if count(found({}, [])) == 1
