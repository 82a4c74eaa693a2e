//! Types that hold data.

use super::shape::{
    Each, Field, Mapping, Name, Part, Shape, always, any, block, blocks, fixed, flag, int, is, json, logical,
    lower, name, object, present, raw_tags, tags, text, texts,
};

const ENABLED: &[Field] = &[flag("enabled", "SSEEnabled")];
const BUCKET_DEFAULT: &[Field] =
    &[text("kms_master_key_id", "KMSMasterKeyID"), text("sse_algorithm", "SSEAlgorithm")];
const BUCKET_RULE: &[Field] = &[
    block("apply_server_side_encryption_by_default", "ServerSideEncryptionByDefault", BUCKET_DEFAULT),
    flag("bucket_key_enabled", "BucketKeyEnabled"),
];
const WEBSITE: &[Field] = &[
    any("redirect_all_requests_to", "RedirectAllRequestsTo"),
    any("routing_rules", "RoutingRules"),
    text("error_document", "ErrorDocument"),
    text("index_document", "IndexDocument"),
];
const WORKGROUP_RESULT: &[Field] = &[
    block(
        "encryption_configuration",
        "EncryptionConfiguration",
        &[text("encryption_option", "EncryptionOption"), text("kms_key_arn", "KmsKey")],
    ),
    text("output_location", "OutputLocation"),
];
const WORKGROUP: &[Field] = &[
    int("bytes_scanned_cutoff_per_query", "BytesScannedCutoffPerQuery").opt(),
    flag("enforce_workgroup_configuration", "EnforceWorkGroupConfiguration"),
    flag("requester_pays_enabled", "RequesterPaysEnabled"),
    flag("publish_cloudwatch_metrics_enabled", "PublishCloudWatchMetricsEnabled"),
    block("engine_version", "EngineVersion", &[text("selected_version", "SelectedEngineVersion")]),
    block("result_configuration", "ResultConfiguration", WORKGROUP_RESULT),
];
const SCALING: &[Field] = &[
    flag("auto_pause", "AutoPause"),
    int("max_capacity", "MaxCapacity"),
    int("min_capacity", "MinCapacity"),
    int("seconds_until_auto_pause", "SecondsUntilAutoPause"),
    fixed("timeout_Action", ""),
];

macro_rules! plain {
    ($from:literal, $to:literal, [$($field:expr),* $(,)?]) => {
        Mapping { from: $from, main: Shape { to: $to, fields: &[$($field),*] }, parts: &[] }
    };
}

pub(super) const TYPES: &[Mapping] = &[
    plain!(
        "AWS::Athena::WorkGroup",
        "aws_athena_workgroup",
        [name("Name"), raw_tags("Tags"), block("configuration", "WorkGroupConfiguration", WORKGROUP),]
    ),
    plain!(
        "AWS::Backup::BackupVault",
        "aws_backup_vault",
        [name("BackupVaultName"), raw_tags("BackupVaultTags"), text("kms_key_arn", "EncryptionKeyArn"),]
    ),
    plain!(
        "AWS::DAX::Cluster",
        "aws_dax_cluster",
        [name("ClusterName"), raw_tags("Tags"), block("server_side_encryption", "SSESpecification", ENABLED),]
    ),
    plain!(
        "AWS::DMS::ReplicationInstance",
        "aws_dms_replication_instance",
        [
            tags("Tags"),
            int("allocated_storage", "AllocatedStorage"),
            flag("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade"),
            text("availability_zone", "AvailabilityZone"),
            text("engine_version", "EngineVersion"),
            text("kms_key_arn", "KmsKeyId"),
            flag("multi_az", "MultiAZ"),
            text("preferred_maintenance_window", "PreferredMaintenanceWindow"),
            flag("publicly_accessible", "PubliclyAccessible"),
            text("replication_instance_class", "ReplicationInstanceClass"),
            text("replication_instance_id", "ReplicationInstanceIdentifier"),
            text("replication_subnet_group_id", "ReplicationSubnetGroupIdentifier"),
            texts("vpc_security_group_ids", "VpcSecurityGroupIds"),
        ]
    ),
    plain!(
        "AWS::DocDB::DBCluster",
        "aws_docdb_cluster",
        [
            tags("Tags"),
            text("kms_key_id", "KmsKeyId").opt(),
            texts("enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports"),
            flag("storage_encrypted", "StorageEncrypted"),
        ]
    ),
    plain!(
        "AWS::DynamoDB::Table",
        "aws_dynamodb_table",
        [
            name("TableName"),
            raw_tags("Tags"),
            block("server_side_encryption", "SSESpecification", ENABLED),
            block(
                "point_in_time_recovery",
                "PointInTimeRecoverySpecification",
                &[flag("enabled", "PointInTimeRecoveryEnabled")],
            ),
            text("billing_mode", "BillingMode"),
        ]
    ),
    plain!(
        "AWS::EC2::Volume",
        "aws_ebs_volume",
        [tags("Tags"), flag("encrypted", "Encrypted").opt(), text("kms_key_id", "KmsKeyId").opt(),]
    ),
    plain!(
        "AWS::ECR::Repository",
        "aws_ecr_repository",
        [
            name("RepositoryName"),
            tags("Tags"),
            block(
                "image_scanning_configuration",
                "ImageScanningConfiguration",
                &[flag("scan_on_push", "ScanOnPush")]
            ),
            any("aws_ecr_repository_policy", "RepositoryPolicyText").opt(),
        ]
    ),
    Mapping {
        from: "AWS::EFS::FileSystem",
        main: Shape {
            to: "aws_efs_file_system",
            fields: &[flag("encrypted", "Encrypted"), text("kms_key_id", "KmsKeyId").opt()],
        },
        parts: &[Part {
            shape: Shape { to: "aws_efs_file_system_policy", fields: &[json("policy", "FileSystemPolicy")] },
            each: Each::When("FileSystemPolicy"),
            name: Name::Fixed("efs"),
        }],
    },
    plain!(
        "AWS::ElastiCache::CacheCluster",
        "aws_elasticache_cluster",
        [
            name("ClusterName"),
            tags("Tags"),
            text("az_mode", "AZMode"),
            text("engine", "Engine").opt(),
            text("engine_version", "EngineVersion").opt(),
        ]
    ),
    plain!(
        "AWS::ElastiCache::ReplicationGroup",
        "aws_elasticache_replication_group",
        [
            tags("Tags"),
            flag("at_rest_encryption_enabled", "AtRestEncryptionEnabled").opt(),
            flag("transit_encryption_enabled", "TransitEncryptionEnabled").opt(),
        ]
    ),
    Mapping {
        from: "AWS::Elasticsearch::Domain",
        main: Shape {
            to: "aws_elasticsearch_domain",
            fields: &[
                name("DomainName"),
                tags("Tags"),
                block(
                    "encrypt_at_rest",
                    "EncryptionAtRestOptions",
                    &[text("kms_key_id", "KmsKeyId").opt(), flag("enabled", "Enabled")],
                )
                .opt(),
                blocks(
                    "log_publishing_options",
                    "$LogPublishing",
                    &[text("log_type", "$Type").opt(), flag("enabled", "Enabled").opt()],
                )
                .opt(),
                block(
                    "node_to_node_encryption",
                    "NodeToNodeEncryptionOptions",
                    &[flag("enabled", "Enabled").opt()],
                )
                .opt(),
            ],
        },
        parts: &[Part {
            shape: Shape {
                to: "aws_elasticsearch_domain_policy",
                fields: &[
                    name("DomainName"),
                    text("domain_name", "$Nothing"),
                    json("access_policies", "AccessPolicies"),
                ],
            },
            each: Each::When("AccessPolicies"),
            name: Name::Property("DomainName"),
        }],
    },
    plain!(
        "AWS::Kinesis::Stream",
        "aws_kinesis_stream",
        [
            name("Name"),
            tags("Tags"),
            text("kms_key_id", "StreamEncryption.KeyId").opt(),
            text("encryption_type", "StreamEncryption.EncryptionType").opt(),
        ]
    ),
    plain!(
        "AWS::KinesisFirehose::DeliveryStream",
        "aws_kinesis_firehose_delivery_stream",
        [
            name("DeliveryStreamName"),
            tags("Tags"),
            always(
                "server_side_encryption",
                "DeliveryStreamEncryptionConfigurationInput",
                &[
                    text("key_type", "KeyType").opt(),
                    text("key_arn", "KeyARN").opt(),
                    present("enabled", "").opt()
                ],
            ),
        ]
    ),
    plain!(
        "AWS::Neptune::DBCluster",
        "aws_neptune_cluster",
        [
            tags("Tags"),
            texts("enable_cloudwatch_logs_exports", "EnableCloudwatchLogsExports").opt(),
            flag("storage_encrypted", "StorageEncrypted").opt(),
        ]
    ),
    plain!(
        "AWS::Neptune::DBInstance",
        "aws_neptune_cluster_instance",
        [
            tags("Tags"),
            flag("auto_minor_version_upgrade", "AutoMinorVersionUpgrade").opt(),
            text("availability_zone", "AvailabilityZone").opt(),
            text("cluster_identifier", "DBClusterIdentifier").opt(),
            text("instance_class", "DBInstanceClass").opt(),
            text("neptune_parameter_group_name", "DBParameterGroupName").opt(),
            text("neptune_subnet_group_name", "DBSubnetGroupName").opt(),
            text("preferred_backup_window", "PreferredMaintenanceWindow").opt(),
        ]
    ),
    plain!(
        "AWS::QLDB::Ledger",
        "aws_qldb_ledger",
        [
            name("Name").opt(),
            tags("Tags"),
            text("permissions_mode", "PermissionsMode"),
            flag("deletion_protection", "DeletionProtection"),
        ]
    ),
    plain!(
        "AWS::RDS::DBCluster",
        "aws_rds_cluster",
        [
            name("DatabaseName"),
            tags("Tags"),
            int("backup_retention_period", "BackupRetentionPeriod").opt(),
            flag("storage_encrypted", "StorageEncrypted"),
            object("scaling_configuration", "$Scaling", SCALING),
        ]
    ),
    plain!(
        "AWS::RDS::DBInstance",
        "aws_db_instance",
        [
            name("DBName"),
            tags("Tags"),
            texts("enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports"),
            flag("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
            text("ca_cert_identifier", "CACertificateIdentifier"),
            flag("storage_encrypted", "StorageEncrypted"),
            text("kms_key_id", "KmsKeyId").opt(),
            flag("iam_database_authentication_enabled", "EnableIAMDatabaseAuthentication"),
            flag("publicly_accessible", "PubliclyAccessible"),
            int("backup_retention_period", "BackupRetentionPeriod"),
            text("username", "MasterUsername"),
            text("password", "MasterUserPassword"),
            text("instance_class", "DBInstanceClass"),
            text("engine", "Engine"),
            text("engine_version", "EngineVersion"),
            text("identifier", "DBInstanceIdentifier"),
            text("storage_type", "StorageType"),
            flag("delete_automated_backups", "DeleteAutomatedBackups"),
            flag("deletion_protection", "DeletionProtection"),
        ]
    ),
    plain!(
        "AWS::RDS::DBSecurityGroup",
        "aws_db_security_group",
        [
            raw_tags("Tags"),
            blocks(
                "ingress",
                "DBSecurityGroupIngress",
                &[text("cidr", "CIDRIP"), text("security_group_name", "EC2SecurityGroupName")],
            ),
        ]
    ),
    plain!(
        "AWS::RDS::EventSubscription",
        "aws_db_event_subscription",
        [
            text("sns_topic", "SnsTopicArn"),
            flag("enabled", "Enabled").opt(),
            texts("event_categories", "EventCategories").opt(),
            texts("source_ids", "SourceIds").opt(),
            text("source_type", "SourceType").opt(),
        ]
    ),
    plain!(
        "AWS::Redshift::Cluster",
        "aws_redshift_cluster",
        [
            name("DBName"),
            tags("Tags"),
            block("logging", "LoggingProperties", &[present("enable", "")]).opt(),
            text("kms_key_id", "KmsKeyId").opt(),
            flag("encrypted", "Encrypted"),
            flag("publicly_accessible", "PubliclyAccessible"),
        ]
    ),
    plain!(
        "AWS::Redshift::ClusterParameterGroup",
        "aws_redshift_parameter_group",
        [
            logical("name", ""),
            tags("Tags"),
            text("description", "Description"),
            text("family", "ParameterGroupFamily"),
            // Terrascan forgets the parameters that it read.
            any("parameter", "$Nothing"),
        ]
    ),
    Mapping {
        from: "AWS::S3::Bucket",
        main: Shape {
            to: "aws_s3_bucket",
            fields: &[
                name("BucketName"),
                raw_tags("Tags"),
                fixed("provider_version", "5.0.0"),
                text("bucket", "BucketName"),
                lower("acl", "AccessControl"),
                block(
                    "logging",
                    "LoggingConfiguration",
                    &[text("target_bucket", "DestinationBucketName"), text("target_prefix", "LogFilePrefix")],
                ),
                block("website", "WebsiteConfiguration", WEBSITE),
                block("versioning", "VersioningConfiguration", &[is("enabled", "Status", "Enabled")]).opt(),
            ],
        },
        parts: &[
            Part {
                shape: Shape {
                    to: "aws_s3_bucket_public_access_block",
                    fields: &[
                        name("BucketName"),
                        raw_tags("Tags"),
                        fixed("provider_version", "5.0.0"),
                        logical("bucket", "aws_s3_bucket."),
                        flag("block_public_acls", "PublicAccessBlockConfiguration.BlockPublicAcls"),
                        flag("block_public_policy", "PublicAccessBlockConfiguration.BlockPublicPolicy"),
                        flag("ignore_public_acls", "PublicAccessBlockConfiguration.IgnorePublicAcls"),
                        flag(
                            "restrict_public_buckets",
                            "PublicAccessBlockConfiguration.RestrictPublicBuckets",
                        ),
                    ],
                },
                each: Each::When("PublicAccessBlockConfiguration"),
                name: Name::Property("BucketName"),
            },
            Part {
                shape: Shape {
                    to: "aws_s3_bucket_server_side_encryption_configuration",
                    fields: &[
                        name("BucketName"),
                        raw_tags("Tags"),
                        fixed("provider_version", "5.0.0"),
                        logical("bucket", "aws_s3_bucket."),
                        blocks("rule", "$Encryption", BUCKET_RULE),
                    ],
                },
                each: Each::When("BucketEncryption"),
                name: Name::Property("BucketName"),
            },
        ],
    },
    plain!(
        "AWS::S3::BucketPolicy",
        "aws_s3_bucket_policy",
        [name("Bucket"), text("bucket", "Bucket"), json("policy", "PolicyDocument"),]
    ),
];
