package wayleave.aws.s3.acls_disabled_test

import data.wayleave.aws.s3.acls_disabled

found(values) := answer if {
	answer := acls_disabled.deny with input as {"resources": {"aws_s3_bucket_ownership_controls": [{"address": "o", "values": values}]}}
}

test_writer if count(found({"rule": [{"object_ownership": "ObjectWriter"}]})) == 1

test_unknown if found({"rule": [{}]}) == set()
