package wayleave.aws.s3.encryption_test

import data.wayleave.aws.s3.encryption

bucket(values, unknown, written) := {"address": "b", "values": values, "unknown": unknown, "written": written, "links": {}}

found(resources) := answer if {
	answer := encryption.deny with input as {"resources": resources}
}

test_missing if count(found({"aws_s3_bucket": [bucket({}, ["server_side_encryption_configuration"], [])]})) == 1

test_unknown if found({"aws_s3_bucket": [bucket({}, ["server_side_encryption_configuration"], ["server_side_encryption_configuration"])]}) == set()

test_inline if found({"aws_s3_bucket": [bucket({"server_side_encryption_configuration": [{}]}, [], [])]}) == set()

test_by_name if {
	configuration := {"address": "c", "values": {"bucket": "x"}, "unknown": [], "links": {}}
	found({"aws_s3_bucket": [bucket({"bucket": "x"}, [], [])], "aws_s3_bucket_server_side_encryption_configuration": [configuration]}) == set()
}
