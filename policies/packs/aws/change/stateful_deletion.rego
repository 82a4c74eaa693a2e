# METADATA
# scope: package
# title: What holds data is not deleted by the way
# description: >-
#   A deleted or replaced database, table, bucket, file system, stream or queue takes its data with it.
#   Often it is the side effect of a renamed resource or of an attribute that cannot be changed in place.
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
# custom:
#   id: WL-AWS-CHANGE-001
#   remedy: |-
#     If the resource only moved, say so:
#       moved {
#         from = aws_dynamodb_table.old
#         to   = aws_dynamodb_table.new
#       }
#     If it is to go, take a backup first; if it is to stay, protect it:
#       lifecycle { prevent_destroy = true }
#   severity: medium
#   category: Resilience
#   engines: [terraform]
package wayleave.aws.change.stateful_deletion

stateful := {
	"aws_athena_database", "aws_backup_vault", "aws_cloudwatch_log_group", "aws_cognito_user_pool", "aws_db_instance",
	"aws_db_snapshot", "aws_docdb_cluster", "aws_docdb_cluster_instance", "aws_dynamodb_global_table", "aws_dynamodb_table",
	"aws_ebs_snapshot", "aws_ebs_volume", "aws_ecr_repository", "aws_efs_file_system", "aws_elasticache_cluster",
	"aws_elasticache_replication_group", "aws_elasticache_serverless_cache", "aws_elasticsearch_domain",
	"aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system", "aws_fsx_windows_file_system",
	"aws_glacier_vault", "aws_glue_catalog_database", "aws_keyspaces_table", "aws_kinesis_stream", "aws_memorydb_cluster",
	"aws_mq_broker", "aws_msk_cluster", "aws_msk_serverless_cluster", "aws_neptune_cluster", "aws_opensearch_domain",
	"aws_opensearchserverless_collection", "aws_qldb_ledger", "aws_rds_cluster", "aws_rds_global_cluster",
	"aws_redshift_cluster", "aws_redshiftserverless_namespace", "aws_route53_zone", "aws_s3_bucket", "aws_s3_directory_bucket",
	"aws_s3tables_table", "aws_secretsmanager_secret", "aws_sqs_queue", "aws_timestreamwrite_table", "aws_workspaces_workspace",
}

deny contains {"address": change.address, "message": message} if {
	some kind in stateful
	some change in input.changes[kind]
	"delete" in change.actions
	message := sprintf("the change %s it, and what it holds is lost", [verb(change.actions)])
}

verb(actions) := "replaces" if "create" in actions

verb(actions) := "deletes" if not "create" in actions
