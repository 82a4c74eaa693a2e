package wayleave.aws.change.deletion_protection_off_test

import data.wayleave.aws.change.deletion_protection_off

found(kind, before, after, unknown) := answer if {
	answer := deletion_protection_off.deny with input as {"changes": {kind: [{"address": "t", "actions": ["update"], "before": before, "after": after, "unknown": unknown}]}}
}

test_off if count(found("aws_db_instance", {"deletion_protection": true}, {"deletion_protection": false}, [])) == 1

test_left_out if count(found("aws_lb", {"enable_deletion_protection": true}, {}, [])) == 1

test_unknown if found("aws_lb", {"enable_deletion_protection": true}, {}, ["enable_deletion_protection"]) == set()

test_on if found("aws_lb", {"enable_deletion_protection": false}, {"enable_deletion_protection": true}, []) == set()

test_danger if count(found("aws_s3_bucket", {"force_destroy": false}, {"force_destroy": true}, [])) == 1

test_danger_from_the_start if found("aws_s3_bucket", {"force_destroy": true}, {"force_destroy": true}, []) == set()

test_new_resource if found("aws_s3_bucket", null, {"force_destroy": true}, []) == set()
