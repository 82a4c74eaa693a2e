package wayleave.aws.change.stateful_deletion_test

import data.wayleave.aws.change.stateful_deletion

found(kind, actions) := answer if {
	answer := stateful_deletion.deny with input as {"changes": {kind: [{"address": "t", "actions": actions}]}}
}

message(actions) := [finding.message | some finding in found("aws_dynamodb_table", actions)]

test_deleted if message(["delete"]) == ["the change deletes it, and what it holds is lost"]

test_replaced if {
	every actions in [["delete", "create"], ["create", "delete"]] {
		message(actions) == ["the change replaces it, and what it holds is lost"]
	}
}

test_kept if {
	every actions in [["create"], ["update"], ["no-op"], ["forget"], ["read"]] {
		message(actions) == []
	}
}

test_holds_nothing if found("aws_iam_role", ["delete"]) == set()
