package wayleave.aws.s3.mfa_delete_test

import data.wayleave.aws.s3.mfa_delete

found(block) := answer if {
	answer := mfa_delete.deny with input as {"resources": {"aws_s3_bucket_versioning": [{"address": "v", "values": {"versioning_configuration": [block]}}]}}
}

test_off if count(found({"mfa_delete": "Disabled"})) == 1

test_left_out if found({"status": "Enabled"}) == set()
