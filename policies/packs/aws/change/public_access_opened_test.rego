package wayleave.aws.change.public_access_opened_test

import data.wayleave.aws.change.public_access_opened

found(kind, before, after, unknown) := answer if {
	answer := public_access_opened.deny with input as {"changes": {kind: [{"address": "t", "actions": ["update"], "before": before, "after": after, "unknown": unknown}]}}
}

test_database if {
	some finding in found("aws_db_instance", {"publicly_accessible": false}, {"publicly_accessible": true}, [])
	finding.message == "the change opens it: publicly_accessible becomes true"
}

test_was_open if found("aws_db_instance", {"publicly_accessible": true}, {"publicly_accessible": true}, []) == set()

test_unknown if found("aws_db_instance", {"publicly_accessible": false}, {}, ["publicly_accessible"]) == set()

test_acl if count(found("aws_s3_bucket_acl", {"acl": "private"}, {"acl": "public-read"}, [])) == 1

test_acl_was_public if found("aws_s3_bucket_acl", {"acl": "public-read-write"}, {"acl": "public-read"}, []) == set()

test_block if count(found("aws_s3_bucket_public_access_block", {"block_public_acls": true}, {"block_public_acls": false}, [])) == 1

test_load_balancer if count(found("aws_lb", {"internal": true}, {"internal": false}, [])) == 1

deletion(others) := answer if {
	gone := {"address": "v", "actions": ["delete"], "before": {"bucket": "b"}, "after": null}
	answer := public_access_opened.deny with input as {"changes": object.union(others, {"aws_s3_bucket_public_access_block": [gone]})}
}

test_deleted if count(deletion({})) == 1

test_deleted_with_its_bucket if deletion({"aws_s3_bucket": [{"actions": ["delete"], "before": {"id": "b"}}]}) == set()

statement(actions, principal) := {"effect": "Allow", "actions": actions, "principals": {"AWS": [principal]}, "conditions": {}}

policy(before, after) := answer if {
	answer := public_access_opened.deny with input as {"changes": {"aws_sqs_queue_policy": [{
		"address": "p",
		"actions": ["update"],
		"before_documents": {"policy": {"statements": before}},
		"after_documents": {"policy": {"statements": after}},
	}]}}
}

test_policy if count(policy([statement(["sqs:*"], "222222222222")], [statement(["sqs:*"], "*")])) == 1

test_policy_was_open if policy([statement(["sqs:*"], "*")], [statement(["sqs:SendMessage"], "*")]) == set()

test_policy_opens_more if count(policy([statement(["sqs:SendMessage"], "*")], [statement(["sqs:*"], "*")])) == 1
