package wayleave.aws.rds.public_snapshot_test

import data.wayleave.aws.rds.public_snapshot

found(accounts) := answer if {
	answer := public_snapshot.deny with input as {"resources": {"aws_db_snapshot": [{"address": "s", "values": {"shared_accounts": accounts}}]}}
}

test_all if count(found([null, "all"])) == 1

test_one if found(["222222222222"]) == set()
