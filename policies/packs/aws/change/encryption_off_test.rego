package wayleave.aws.change.encryption_off_test

import data.wayleave.aws.change.encryption_off

found(kind, before, after, unknown) := answer if {
	answer := encryption_off.deny with input as {"changes": {kind: [{"address": "t", "actions": ["update"], "before": before, "after": after, "unknown": unknown}]}}
}

test_flag if count(found("aws_rds_cluster", {"storage_encrypted": true}, {"storage_encrypted": false}, [])) == 1

test_flag_in_a_block if count(found("aws_dynamodb_table", {"server_side_encryption": [{"enabled": true}]}, {"server_side_encryption": []}, [])) == 1

test_unknown if found("aws_rds_cluster", {"storage_encrypted": true}, {}, ["storage_encrypted"]) == set()

test_was_off if found("aws_rds_cluster", {"storage_encrypted": false}, {"storage_encrypted": false}, []) == set()

test_key if {
	some finding in found("aws_sns_topic", {"kms_master_key_id": "alias/x"}, {"kms_master_key_id": ""}, [])
	finding.severity == "medium"
}

test_other_key if found("aws_sns_topic", {"kms_master_key_id": "alias/x"}, {"kms_master_key_id": "alias/y"}, []) == set()

test_queue_gets_a_key if found("aws_sqs_queue", {"sqs_managed_sse_enabled": true}, {"sqs_managed_sse_enabled": false, "kms_master_key_id": "alias/x"}, []) == set()

test_queue_gets_the_managed_key if found("aws_sqs_queue", {"kms_master_key_id": "alias/x"}, {"sqs_managed_sse_enabled": true}, []) == set()

test_stream if count(found("aws_kinesis_stream", {"encryption_type": "KMS", "kms_key_id": "k"}, {"encryption_type": "NONE", "kms_key_id": "k"}, [])) == 1

deletion(changes) := answer if {
	answer := encryption_off.deny with input as {"changes": object.union(changes, {"aws_s3_bucket_server_side_encryption_configuration": [{
		"address": "e",
		"actions": ["delete"],
		"before": {"bucket": "b"},
		"after": null,
	}]})}
}

test_deleted if count(deletion({})) == 1

test_deleted_with_its_bucket if deletion({"aws_s3_bucket": [{"address": "b", "actions": ["delete"], "before": {"id": "b"}, "after": null}]}) == set()
