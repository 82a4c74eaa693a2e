//! Types in the shape of the Terraform provider.

use serde_json::{Value, json};

use super::{resources, text_of};

/// What a resource with these properties becomes: each type with its values, and what is unknown of them.
fn mapped(kind: &str, properties: &str) -> Value {
    let indented: String = properties.lines().map(|line| format!("      {line}\n")).collect();
    let text = format!("Resources:\n  R:\n    Type: {kind}\n    Properties:\n{indented}");
    let shown = resources(&text, &[]);
    let pairs = shown.iter().map(|resource| {
        let mut values = resource["values"].clone();
        let unknown: Vec<_> = resource["unknown"].as_array().into_iter().flatten().collect();
        if !unknown.is_empty() {
            values["?"] = json!(unknown);
        }
        (text_of(resource, "type"), values)
    });
    Value::Object(pairs.collect())
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "the expected value is written where it is asked for")]
fn check(kind: &str, properties: &str, expected: Value) {
    let found = mapped(kind, properties);
    assert_eq!(found, expected, "{kind}\n{properties}\n{found:#}");
}

#[test]
fn names_blocks_tags_and_scalars() {
    check(
        "AWS::KMS::Key",
        "EnableKeyRotation: 'true'\nEnabled: true\nPendingWindowInDays: '7'\nTags: [{Key: a, Value: 1}]\nKeyPolicy: {Statement: []}",
        json!({"aws_kms_key": {"enable_key_rotation": true, "is_enabled": true, "deletion_window_in_days": 7,
            "tags": {"a": "1"}, "policy": {"Statement": []}}}),
    );
    check(
        "AWS::Lambda::Function",
        "Code: {S3Bucket: b, S3Key: k}\nEnvironment: {Variables: {KeyName: v}}\nVpcConfig: {SubnetIds: [s]}\nTimeout: 3\nTracingConfig: {Mode: Active}",
        json!({"aws_lambda_function": {"s3_bucket": "b", "s3_key": "k", "environment": [{"variables": {"KeyName": "v"}}],
            "vpc_config": [{"subnet_ids": ["s"]}], "timeout": 3, "tracing_config": [{"mode": "Active"}]}}),
    );
    check(
        "AWS::RDS::DBInstance",
        "EngineVersion: 13.4\nPort: '5432'\nMultiAZ: 'false'\nEnableIAMDatabaseAuthentication: true\nVPCSecurityGroups: [!GetAtt G.GroupId]",
        json!({"aws_db_instance": {"engine_version": "13.4", "port": 5432, "multi_az": false,
            "iam_database_authentication_enabled": true, "vpc_security_group_ids": [null], "?": ["vpc_security_group_ids.0"]}}),
    );
    check(
        "AWS::RDS::DBInstance",
        "DBClusterIdentifier: c\nPubliclyAccessible: true",
        json!({"aws_rds_cluster_instance": {"cluster_identifier": "c", "publicly_accessible": true}}),
    );
}

#[test]
fn properties_move_up_and_down() {
    check(
        "AWS::EKS::Cluster",
        "Name: c\nResourcesVpcConfig: {EndpointPublicAccess: true, PublicAccessCidrs: [0.0.0.0/0]}\nLogging: {ClusterLogging: {EnabledTypes: [{Type: api}, {Type: audit}]}}\nEncryptionConfig: [{Provider: {KeyArn: k}, Resources: [secrets]}]",
        json!({"aws_eks_cluster": {"name": "c", "vpc_config": [{"endpoint_public_access": true, "public_access_cidrs": ["0.0.0.0/0"]}],
            "enabled_cluster_log_types": ["api", "audit"],
            "encryption_config": [{"provider": [{"key_arn": "k"}], "resources": ["secrets"]}]}}),
    );
    check(
        "AWS::EC2::SecurityGroup",
        "GroupDescription: d\nSecurityGroupIngress:\n- {IpProtocol: -1, CidrIp: 0.0.0.0/0}\n- {IpProtocol: tcp, FromPort: '22', ToPort: 22, CidrIpv6: '::/0', SourceSecurityGroupId: !Ref G}",
        json!({"aws_security_group": {"description": "d", "ingress": [
            {"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]},
            {"protocol": "tcp", "from_port": 22, "to_port": 22, "ipv6_cidr_blocks": ["::/0"]}],
            "?": ["ingress.1.security_groups"]}}),
    );
    check(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "Port: 80\nHealthCheckPath: /x\nMatcher: {HttpCode: 200}\nTargetGroupAttributes: [{Key: stickiness.enabled, Value: 'true'}]",
        json!({"aws_lb_target_group": {"port": 80, "health_check": [{"path": "/x", "matcher": "200"}], "stickiness": [{"enabled": true}]}}),
    );
    check(
        "AWS::DynamoDB::Table",
        "KeySchema: [{AttributeName: a, KeyType: HASH}, {AttributeName: b, KeyType: RANGE}]\nPointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}\nSSESpecification: {SSEEnabled: true, KMSMasterKeyId: k}\nStreamSpecification: {StreamViewType: KEYS_ONLY}",
        json!({"aws_dynamodb_table": {"hash_key": "a", "range_key": "b", "point_in_time_recovery": [{"enabled": true}],
            "server_side_encryption": [{"enabled": true, "kms_key_arn": "k"}], "stream_enabled": true, "stream_view_type": "KEYS_ONLY"}}),
    );
    check(
        "AWS::CloudFront::Distribution",
        "DistributionConfig:\n  Enabled: true\n  Origins: [{Id: o, DomainName: d, CustomOriginConfig: {HTTPPort: 80, OriginSSLProtocols: [TLSv1]}}]\n  DefaultCacheBehavior: {ViewerProtocolPolicy: allow-all, MinTTL: 1}\n  Logging: {Bucket: b}",
        json!({"aws_cloudfront_distribution": {"enabled": true,
            "origin": [{"origin_id": "o", "domain_name": "d", "custom_origin_config": [{"http_port": 80, "origin_ssl_protocols": ["TLSv1"]}]}],
            "default_cache_behavior": [{"viewer_protocol_policy": "allow-all", "min_ttl": 1}], "logging_config": [{"bucket": "b"}]}}),
    );
}

#[test]
fn lists_of_attributes_become_arguments() {
    check(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "Scheme: internal\nLoadBalancerAttributes:\n- {Key: deletion_protection.enabled, Value: 'true'}\n- {Key: access_logs.s3.enabled, Value: true}\n- {Key: access_logs.s3.bucket, Value: !Ref B}\n- {Key: idle_timeout.timeout_seconds, Value: '5'}\n- {Key: other, Value: x}",
        json!({"aws_lb": {"internal": true, "enable_deletion_protection": true, "access_logs": [{"enabled": true}],
            "idle_timeout": 5, "?": ["access_logs.0.bucket"]}}),
    );
    let found = mapped("AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancerAttributes: !Ref Given");
    let unknown = found["aws_lb"]["?"].to_string();
    assert!(unknown.contains("enable_deletion_protection") && unknown.contains("access_logs"), "{unknown}");
}

#[test]
fn maps_become_lists_and_lists_maps() {
    check(
        "AWS::OpenSearchService::Domain",
        "LogPublishingOptions: {AUDIT_LOGS: {Enabled: true, CloudWatchLogsLogGroupArn: a}}\nAdvancedOptions: {rest.action: 'true'}",
        json!({"aws_opensearch_domain": {"log_publishing_options": [{"log_type": "AUDIT_LOGS", "enabled": true, "cloud_watch_logs_log_group_arn": "a"}],
            "advanced_options": {"rest.action": "true"}}}),
    );
    check(
        "AWS::RDS::DBClusterParameterGroup",
        "Parameters: {rds.force_ssl: 1}",
        json!({"aws_rds_cluster_parameter_group": {"parameter": [{"name": "rds.force_ssl", "value": "1"}]}}),
    );
    check(
        "AWS::CloudWatch::Alarm",
        "Dimensions: [{Name: n, Value: v}]",
        json!({"aws_cloudwatch_metric_alarm": {"dimensions": {"n": "v"}}}),
    );
    check(
        "AWS::AutoScaling::AutoScalingGroup",
        "Tags: [{Key: k, Value: v, PropagateAtLaunch: true}]",
        json!({"aws_autoscaling_group": {"tag": [{"key": "k", "value": "v", "propagate_at_launch": true}]}}),
    );
}

#[test]
fn one_resource_may_be_several() {
    check(
        "AWS::S3::Bucket",
        "BucketName: b\nAccessControl: PublicRead\nVersioningConfiguration: {Status: Enabled}\nLoggingConfiguration: {LogFilePrefix: p}\nPublicAccessBlockConfiguration: {BlockPublicAcls: 'true'}\nBucketEncryption: {ServerSideEncryptionConfiguration: [{BucketKeyEnabled: true, ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: k}}]}",
        json!({
            "aws_s3_bucket": {"bucket": "b"},
            "aws_s3_bucket_acl": {"acl": "public-read", "?": ["bucket"]},
            "aws_s3_bucket_versioning": {"versioning_configuration": [{"status": "Enabled"}], "?": ["bucket"]},
            "aws_s3_bucket_logging": {"target_prefix": "p", "?": ["bucket"]},
            "aws_s3_bucket_public_access_block": {"block_public_acls": true, "?": ["bucket"]},
            "aws_s3_bucket_server_side_encryption_configuration": {"rule": [{"bucket_key_enabled": true,
                "apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms", "kms_master_key_id": "k"}]}], "?": ["bucket"]},
        }),
    );
    check(
        "AWS::IAM::User",
        "UserName: u\nPolicies: [{PolicyName: p, PolicyDocument: {Statement: []}}]\nManagedPolicyArns: [arn]\nGroups: [g]",
        json!({
            "aws_iam_user": {"name": "u"},
            "aws_iam_user_policy": {"name": "p", "policy": {"Statement": []}, "?": ["user"]},
            "aws_iam_user_policy_attachment": {"policy_arn": "arn", "?": ["user"]},
            "aws_iam_user_group_membership": {"groups": ["g"], "?": ["user"]},
        }),
    );
    check(
        "AWS::ApiGateway::Stage",
        "StageName: s\nRestApiId: r\nMethodSettings: [{HttpMethod: '*', ResourcePath: '/*', LoggingLevel: INFO}]",
        json!({
            "aws_api_gateway_stage": {"stage_name": "s", "rest_api_id": "r"},
            "aws_api_gateway_method_settings": {"rest_api_id": "r", "method_path": "*/*",
                "settings": [{"http_method": "*", "resource_path": "/*", "logging_level": "INFO"}], "?": ["stage_name"]},
        }),
    );
    check(
        "AWS::Route53::RecordSetGroup",
        "HostedZoneId: z\nRecordSets: [{Name: a, Type: CNAME, ResourceRecords: [b]}]",
        json!({"aws_route53_record": {"name": "a", "type": "CNAME", "records": ["b"], "zone_id": "z"}}),
    );
}

#[test]
fn what_is_unknown_is_unknown_wherever_it_goes() {
    check(
        "AWS::S3::Bucket",
        "VersioningConfiguration: !If [Later, {Status: Enabled}, !Ref 'AWS::NoValue']\nBucketEncryption: !Ref Given",
        json!({
            "aws_s3_bucket": {},
            "aws_s3_bucket_versioning": {"?": ["bucket", "versioning_configuration"]},
            "aws_s3_bucket_server_side_encryption_configuration": {"?": ["", "bucket", "rule"]},
        }),
    );
    check(
        "AWS::EC2::Instance",
        "ImageId: a\nBlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {Encrypted: true}}, {DeviceName: /dev/sdb, Ebs: !Ref X}]",
        json!({"aws_instance": {"ami": "a", "root_block_device": [{"device_name": "/dev/xvda", "encrypted": true}],
            "ebs_block_device": [{"device_name": "/dev/sdb"}]}}),
    );
}

#[test]
fn containers_are_json() {
    check(
        "AWS::ECS::TaskDefinition",
        "ContainerDefinitions: [{Name: c, Privileged: true, LogConfiguration: {LogDriver: d, Options: {Key: v}}}]",
        json!({"aws_ecs_task_definition": {"container_definitions":
            "[{\"name\":\"c\",\"privileged\":true,\"logConfiguration\":{\"logDriver\":\"d\",\"options\":{\"Key\":\"v\"}}}]"}}),
    );
    check(
        "AWS::ECS::TaskDefinition",
        "ContainerDefinitions: [{Image: !Ref I, Privileged: true}]",
        json!({"aws_ecs_task_definition": {"container_definitions": [{"privileged": true}],
            "?": ["container_definitions.0.image"]}}),
    );
}
