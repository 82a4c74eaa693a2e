# METADATA
# scope: package
# title: A change does not turn encryption off
# description: >-
#   Data that was encrypted is written in the clear from now on, or under a key that the account does not control.
#   In a review such a line is one of many.
# related_resources:
#   - https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/protecting-data-at-rest.html
# custom:
#   id: WL-AWS-CHANGE-002
#   remedy: |-
#     Leave it on:
#       storage_encrypted = true
#     and the key as it was:
#       kms_key_id = aws_kms_key.data.arn
#   severity: high
#   category: Data Protection
#   engines: [terraform]
package wayleave.aws.change.encryption_off

import data.wayleave.lib.change
import data.wayleave.lib.resource

# Flags that say that data is encrypted, at rest or on its way.
flags := {
	"aws_dax_cluster": ["server_side_encryption.0.enabled"],
	"aws_db_instance": ["storage_encrypted"],
	"aws_docdb_cluster": ["storage_encrypted"],
	"aws_dynamodb_table": ["server_side_encryption.0.enabled"],
	"aws_ebs_encryption_by_default": ["enabled"],
	"aws_ebs_volume": ["encrypted"],
	"aws_efs_file_system": ["encrypted"],
	"aws_elasticache_replication_group": ["at_rest_encryption_enabled", "transit_encryption_enabled"],
	"aws_elasticsearch_domain": ["encrypt_at_rest.0.enabled", "node_to_node_encryption.0.enabled", "domain_endpoint_options.0.enforce_https"],
	"aws_instance": ["root_block_device.0.encrypted"],
	"aws_memorydb_cluster": ["tls_enabled"],
	"aws_msk_cluster": ["encryption_info.0.encryption_in_transit.0.in_cluster"],
	"aws_neptune_cluster": ["storage_encrypted"],
	"aws_opensearch_domain": ["encrypt_at_rest.0.enabled", "node_to_node_encryption.0.enabled", "domain_endpoint_options.0.enforce_https"],
	"aws_rds_cluster": ["storage_encrypted"],
	"aws_redshift_cluster": ["encrypted"],
	"aws_sqs_queue": ["sqs_managed_sse_enabled"],
	"aws_workspaces_workspace": ["root_volume_encryption_enabled", "user_volume_encryption_enabled"],
}

# Keys of the account; without one, the service's own key is used, or none.
keys := {
	"aws_cloudtrail": "kms_key_id",
	"aws_cloudwatch_log_group": "kms_key_id",
	"aws_db_instance": "kms_key_id",
	"aws_ecr_repository": "encryption_configuration.0.kms_key",
	"aws_efs_file_system": "kms_key_id",
	"aws_eks_cluster": "encryption_config.0.provider.0.key_arn",
	"aws_kinesis_stream": "kms_key_id",
	"aws_lambda_function": "kms_key_arn",
	"aws_rds_cluster": "kms_key_id",
	"aws_s3_bucket_server_side_encryption_configuration": "rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id",
	"aws_secretsmanager_secret": "kms_key_id",
	"aws_sns_topic": "kms_master_key_id",
	"aws_sqs_queue": "kms_master_key_id",
}

deny contains {"address": altered.address, "message": sprintf("the change turns %s off", [path])} if {
	some kind, paths in flags
	some altered in change.altered([kind])
	some path in paths
	change.turned_off(altered, path)
	not is_encrypted_otherwise(altered, path)
}

deny contains {"address": altered.address, "message": sprintf("the change takes the key away: %s", [path]), "severity": "medium"} if {
	some kind, path in keys
	some altered in change.altered([kind])
	change.removed(altered, path)
	not change.turned_on(altered, "sqs_managed_sse_enabled")
}

deny contains {"address": altered.address, "message": "the change turns encryption of the stream off"} if {
	some altered in change.altered(["aws_kinesis_stream"])
	change.left(altered, "encryption_type", {"KMS"})
}

deny contains {"address": gone.address, "message": "the change deletes the bucket's encryption", "severity": "medium"} if {
	some gone in change.deleted(["aws_s3_bucket_server_side_encryption_configuration"])
	not change.goes_with(gone, "aws_s3_bucket", "bucket")
}

# A queue has either the service's key or one of the account.
is_encrypted_otherwise(altered, "sqs_managed_sse_enabled") if resource.is_set(change.becomes(altered), "kms_master_key_id")
