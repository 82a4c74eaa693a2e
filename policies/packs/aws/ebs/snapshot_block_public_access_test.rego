package wayleave.aws.ebs.snapshot_block_public_access_test

import data.wayleave.aws.ebs.snapshot_block_public_access

found(values) := answer if {
	answer := snapshot_block_public_access.deny with input as {"resources": {"aws_ebs_snapshot_block_public_access": [{"address": "b", "values": values}]}}
}

test_new_sharing_blocked if found({"state": "block-new-sharing"}) == set()

test_unblocked if count(found({"state": "unblocked"})) == 1

test_unknown if found({}) == set()
