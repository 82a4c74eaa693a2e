package wayleave.aws.s3.access_logging_test

import data.wayleave.aws.s3.access_logging

bucket := {"address": "b", "values": {}, "unknown": [], "written": [], "links": {}}

logging(links) := {"address": "l", "values": {}, "unknown": ["bucket", "target_bucket"], "written": ["bucket", "target_bucket"], "links": links}

found(logging) := answer if {
	answer := access_logging.deny with input as {"resources": {"aws_s3_bucket": [bucket], "aws_s3_bucket_logging": logging}}
}

test_none if count(found([])) == 1

test_attached if found([logging({"bucket": ["b"]})]) == set()

test_receiver if found([logging({"bucket": ["other"], "target_bucket": ["b"]})]) == set()

test_of_another if count(found([logging({"bucket": ["other"], "target_bucket": ["third"]})])) == 1

test_perhaps_attached if found([logging({"target_bucket": ["third"]})]) == set()
