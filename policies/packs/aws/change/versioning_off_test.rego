package wayleave.aws.change.versioning_off_test

import data.wayleave.aws.change.versioning_off

found(kind, before, after, unknown) := answer if {
	answer := versioning_off.deny with input as {"changes": {kind: [{"address": "t", "actions": ["update"], "before": before, "after": after, "unknown": unknown}]}}
}

status(word) := {"versioning_configuration": [{"status": word}]}

test_suspended if count(found("aws_s3_bucket_versioning", status("Enabled"), status("Suspended"), [])) == 1

test_unknown if found("aws_s3_bucket_versioning", status("Enabled"), {"versioning_configuration": [{}]}, ["versioning_configuration.0.status"]) == set()

test_enabled if found("aws_s3_bucket_versioning", status("Suspended"), status("Enabled"), []) == set()

test_table if count(found("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true}]}, {"point_in_time_recovery": [{"enabled": false}]}, [])) == 1

deletion(others) := answer if {
	gone := {"address": "v", "actions": ["delete"], "before": {"bucket": "b"}, "after": null}
	answer := versioning_off.deny with input as {"changes": object.union(others, {"aws_s3_bucket_versioning": [gone]})}
}

test_deleted if count(deletion({})) == 1

test_deleted_with_its_bucket if deletion({"aws_s3_bucket": [{"actions": ["delete"], "before": {"id": "b"}}]}) == set()
