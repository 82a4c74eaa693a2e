package wayleave.aws.change.kms_key_deletion_test

import data.wayleave.aws.change.kms_key_deletion

found(actions, before, after) := answer if {
	answer := kms_key_deletion.deny with input as {"changes": {"aws_kms_key": [{"address": "k", "actions": actions, "before": before, "after": after, "unknown": []}]}}
}

test_deleted if {
	some finding in found(["delete"], {"deletion_window_in_days": 7}, null)
	finding.message == "the change schedules the key's deletion in 7 days"
}

test_replaced if count(found(["create", "delete"], {}, {})) == 1

test_disabled if count(found(["update"], {"is_enabled": true}, {"is_enabled": false})) == 1

test_enabled if found(["update"], {"is_enabled": false}, {"is_enabled": true}) == set()

test_window if count(found(["update"], {"deletion_window_in_days": 30}, {"deletion_window_in_days": 7})) == 1

test_kept if found(["update"], {"description": "a"}, {"description": "b"}) == set()
