package wayleave.aws.rds.publicly_accessible_test

import data.wayleave.aws.rds.publicly_accessible

found(kind, values) := answer if {
	answer := publicly_accessible.deny with input as {"resources": {kind: [{"address": "d", "values": values}]}}
}

test_public if count(found("aws_db_instance", {"publicly_accessible": true})) == 1

test_public_in_a_cluster if count(found("aws_rds_cluster_instance", {"publicly_accessible": true})) == 1

test_private if found("aws_db_instance", {"publicly_accessible": false}) == set()

test_unknown if found("aws_db_instance", {}) == set()
