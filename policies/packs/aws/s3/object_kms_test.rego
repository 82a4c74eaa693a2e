package wayleave.aws.s3.object_kms_test

import data.wayleave.aws.s3.object_kms

object(values, unknown) := {
	"address": "o",
	"values": values,
	"unknown": unknown,
	"written": ["bucket", "kms_key_id", "server_side_encryption"],
	"links": {"bucket": ["b"]},
}

found(values, unknown) := answer if {
	answer := object_kms.deny with input as {"resources": {"aws_s3_object": [object(values, unknown)]}}
}

test_none if count(found({}, [])) == 1

test_unknown_key if found({}, ["kms_key_id"]) == set()

test_kms if found({"server_side_encryption": "aws:kms"}, []) == set()

test_of_s3 if count(found({"server_side_encryption": "AES256"}, [])) == 1

test_bucket_has_key if {
	answer := object_kms.deny with input as {"resources": {
		"aws_s3_object": [object({}, [])],
		"aws_s3_bucket": [{"address": "b", "values": {}, "unknown": []}],
		"aws_s3_bucket_server_side_encryption_configuration": [{
			"address": "e",
			"values": {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}]},
			"unknown": ["bucket"],
			"links": {"bucket": ["b"]},
		}],
	}}
	answer == set()
}

test_bucket_elsewhere if {
	elsewhere := object.union(object({}, ["bucket"]), {"links": {"bucket": ["data.a.b"]}})
	answer := object_kms.deny with input as {"resources": {"aws_s3_object": [elsewhere]}}
	answer == set()
}
