package wayleave.aws.glue.catalog_encryption_test

import data.wayleave.aws.glue.catalog_encryption

found(values, unknown) := answer if {
	answer := catalog_encryption.deny with input as {"resources": {"aws_glue_data_catalog_encryption_settings": [{
		"address": "r",
		"values": values,
		"unknown": unknown,
		"written": ["data_catalog_encryption_settings"],
		"links": {},
		"documents": {},
	}]}}
}

test_bad if count(found({"data_catalog_encryption_settings": [{"encryption_at_rest": [{"catalog_encryption_mode": "DISABLED"}]}]}, [])) == 1

test_good if found({"data_catalog_encryption_settings": [{"encryption_at_rest": [{"catalog_encryption_mode": "x-good"}]}]}, []) == set()

test_unknown if found({}, ["data_catalog_encryption_settings.0.encryption_at_rest.0.catalog_encryption_mode"]) == set()

test_left_out if found({}, []) == set()
