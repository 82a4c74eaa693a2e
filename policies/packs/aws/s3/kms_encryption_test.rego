package wayleave.aws.s3.kms_encryption_test

import data.wayleave.aws.s3.kms_encryption

found(defaults) := answer if {
	answer := kms_encryption.deny with input as {"resources": {"aws_s3_bucket": [{
		"address": "b",
		"values": {"server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": defaults}]}]},
		"unknown": [],
	}]}}
}

test_inline if count(found([{"sse_algorithm": "AES256"}])) == 1

test_inline_kms if found([{"sse_algorithm": "aws:kms:dsse"}]) == set()

test_unknown if found([{}]) == set()
