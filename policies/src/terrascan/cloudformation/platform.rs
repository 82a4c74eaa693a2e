//! Types for identity, networks, messages and the rest.

use super::shape::{
    Each, Field, Mapping, Name, Part, Shape, always, any, any_object, block, blocks, flag, int, json, name,
    one_text, raw_tags, tags, text, texts,
};

const POLICY: &[Field] = &[name("PolicyName"), json("policy", "PolicyDocument")];
const CORS: &[Field] = &[
    flag("allow_credentials", "AllowCredentials").opt(),
    int("max_age", "MaxAge").opt(),
    texts("ExposeHeaders", "ExposeHeaders").opt(),
    texts("allow_origins", "AllowOrigins").opt(),
    texts("allow_methods", "AllowMethods").opt(),
    texts("allow_headers", "AllowHeaders").opt(),
];
const PORTS: &[Field] = &[
    text("protocol", "IpProtocol"),
    text("description", "Description"),
    one_text("cidr_blocks", "CidrIp"),
    one_text("ipv6_cidr_blocks", "CidrIpv6"),
    int("from_port", "FromPort"),
    int("to_port", "ToPort"),
];
const PASSWORDS: &[Field] = &[
    int("minimum_length", "MinimumLength"),
    flag("require_lowercase", "RequireLowercase"),
    flag("require_uppercase", "RequireUppercase"),
    flag("require_numbers", "RequireNumbers"),
    flag("require_symbols", "RequireSymbols"),
    int("temporary_password_validity_days", "TemporaryPasswordValidityDays"),
];
const BROKERS: &[Field] = &[
    text("instance_type", "InstanceType"),
    int("eks_volume_size", "StorageInfo.EBSStorageInfo.VolumeSize"),
    texts("client_subnets", "ClientSubnets"),
    texts("security_groups", "SecurityGroups"),
];
const ENCRYPTION: &[Field] = &[
    text("encryption_at_rest_kms_key_arn", "EncryptionAtRest.DataVolumeKMSKeyId"),
    block(
        "encryption_in_transit",
        "EncryptionInTransit",
        &[text("client_broker", "ClientBroker"), flag("in_cluster", "InCluster")],
    ),
];
const SIZES: &[Field] = &[
    text("comparison_operator", "ComparisonOperator"),
    int("size", "Size"),
    text("text_transformation", "TextTransformation"),
    always("field_to_match", "FieldToMatch", &[text("data", "Data").opt(), text("type", "Type")]),
];

macro_rules! plain {
    ($from:literal, $to:literal, [$($field:expr),* $(,)?]) => {
        Mapping { from: $from, main: Shape { to: $to, fields: &[$($field),*] }, parts: &[] }
    };
}

const fn inline_policies(to: &'static str) -> Part {
    Part {
        shape: Shape { to, fields: POLICY },
        each: Each::Item("Policies"),
        name: Name::ItemNumbered("PolicyName"),
    }
}

pub(super) const TYPES: &[Mapping] = &[
    plain!(
        "AWS::AmazonMQ::Broker",
        "aws_mq_broker",
        [
            name("BrokerName"),
            tags("Tags"),
            block("logs", "Logs", &[flag("audit", "Audit"), flag("general", "General")]).opt(),
            flag("publicly_accessible", "PubliclyAccessible"),
        ]
    ),
    plain!(
        "AWS::ApiGateway::RestApi",
        "aws_api_gateway_rest_api",
        [
            name("Name"),
            tags("Tags"),
            any("endpoint_configuration", "$Endpoint"),
            int("minimum_compression_size", "MinimumCompressionSize"),
            any("policy", "Policy"),
        ]
    ),
    Mapping {
        from: "AWS::ApiGateway::Stage",
        main: Shape {
            to: "aws_api_gateway_stage",
            fields: &[
                name("StageName"),
                tags("Tags"),
                any_object("access_log_settings", "AccessLogSetting"),
                text("client_certificate_id", "ClientCertificateId"),
                text("rest_api_id", "RestApiId"),
                flag("xray_tracing_enabled", "TracingEnabled"),
            ],
        },
        parts: &[Part {
            shape: Shape {
                to: "aws_api_gateway_method_settings",
                fields: &[
                    text("name", "^StageName"),
                    tags("^Tags"),
                    always("settings", "", &[flag("metrics_enabled", "MetricsEnabled")]),
                ],
            },
            each: Each::Item("MethodSettings"),
            name: Name::Numbered("StageName"),
        }],
    },
    plain!(
        "AWS::ApiGatewayV2::Api",
        "aws_apigatewayv2_api",
        [
            name("Name"),
            tags("Tags"),
            text("protocol_type", "ProtocolType"),
            text("route_key", "RouteKey").opt(),
            text("description", "Description").opt(),
            text("credentials_arn", "CredentialsArn").opt(),
            text("route_selection_expression", "RouteSelectionExpression").opt(),
            text("target", "Target").opt(),
            text("version", "Version").opt(),
            text("api_key_selection_expression", "ApiKeySelectionExpression").opt(),
            flag("disable_execute_api_endpoint", "DisableExecuteApiEndpoint").opt(),
            flag("fail_on_warnings", "FailOnWarnings").opt(),
            block("cors_configuration", "CorsConfiguration", CORS).opt(),
        ]
    ),
    plain!(
        "AWS::ApiGatewayV2::Stage",
        "aws_apigatewayv2_stage",
        [name("StageName"), tags("Tags"), any("access_log_settings", "AccessLogSettings").opt(),]
    ),
    plain!(
        "AWS::AppMesh::Mesh",
        "aws_appmesh_mesh",
        [
            name("MeshName"),
            tags("Tags"),
            block("spec", "Spec", &[block("egress_filter", "EgressFilter", &[text("type", "Type")])]),
        ]
    ),
    plain!(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "aws_appautoscaling_policy",
        [
            name("PolicyName"),
            text("policy_type", "PolicyType"),
            text("resource_id", "ResourceId"),
            text("scalable_dimension", "ScalableDimension"),
            text("service_namespace", "ServiceNamespace"),
        ]
    ),
    plain!(
        "AWS::CertificateManager::Certificate",
        "aws_acm_certificate",
        [tags("Tags"), text("domain_name", "DomainName"), text("validation_method", "ValidationMethod"),]
    ),
    plain!(
        "AWS::CloudFormation::Stack",
        "aws_cloudformation_stack",
        [tags("Tags"), text("template_url", "TemplateURL"), any("notification_arns", "NotificationARNs"),]
    ),
    plain!(
        "AWS::CloudFront::Distribution",
        "aws_cloudfront_distribution",
        [
            tags("Tags"),
            any("restrictions", "$Restrictions").opt(),
            blocks(
                "ordered_cache_behavior",
                "DistributionConfig.CacheBehaviors",
                &[text("viewer_protocol_policy", "ViewerProtocolPolicy")],
            )
            .opt(),
            any("logging_config", "$Logging").opt(),
            block(
                "viewer_certificate",
                "DistributionConfig.ViewerCertificate",
                &[
                    any("cloudfront_default_certificate", "CloudFrontDefaultCertificate"),
                    any("minimum_protocol_version", "MinimumProtocolVersion"),
                ],
            )
            .opt(),
            text("web_acl_id", "DistributionConfig.WebACLId").opt(),
        ]
    ),
    plain!(
        "AWS::CloudTrail::Trail",
        "aws_cloudtrail",
        [
            name("TrailName"),
            raw_tags("Tags"),
            any("is_multi_region_trail", "IsMultiRegionTrail"),
            text("kms_key_id", "KMSKeyId"),
            text("sns_topic_name", "SnsTopicName"),
            any("enable_log_file_validation", "EnableLogFileValidation"),
        ]
    ),
    plain!(
        "AWS::Cognito::UserPool",
        "aws_cognito_user_pool",
        [name("UserPoolName"), block("password_policy", "Policies.PasswordPolicy", PASSWORDS),]
    ),
    plain!(
        "AWS::Config::ConfigRule",
        "aws_config_config_rule",
        [name("ConfigRuleName"), block("source", "Source", &[text("source_identifier", "SourceIdentifier")]),]
    ),
    plain!(
        "AWS::Config::ConfigurationAggregator",
        "aws_config_configuration_aggregator",
        [
            name("ConfigurationAggregatorName"),
            tags("Tags"),
            blocks(
                "account_aggregation_source",
                "AccountAggregationSources",
                &[flag("all_regions", "AllAwsRegions")],
            )
            .opt(),
            block(
                "organization_aggregation_source",
                "OrganizationAggregationSource",
                &[flag("all_regions", "AllAwsRegions")],
            )
            .opt(),
        ]
    ),
    plain!(
        "AWS::EC2::NatGateway",
        "aws_nat_gateway",
        [
            tags("Tags"),
            text("allocation_id", "AllocationId"),
            text("connectivity_type", "ConnectivityType"),
            text("subnet_id", "SubnetId"),
        ]
    ),
    plain!(
        "AWS::EC2::Route",
        "aws_route",
        [
            text("carrier_gateway_id", "CarrierGatewayId"),
            text("destination_cidr_block", "DestinationCidrBlock"),
            text("destination_ipv6_cidr_block", "DestinationIpv6CidrBlock"),
            text("egress_only_gateway_id", "EgressOnlyInternetGatewayId"),
            text("gateway_id", "GatewayId"),
            text("instance_id", "InstanceId"),
            text("local_gateway_id", "LocalGatewayId"),
            text("nat_gateway_id", "NatGatewayId"),
            text("network_interface_id", "NetworkInterfaceId"),
            text("route_table_id", "RouteTableId"),
            text("transit_gateway_id", "TransitGatewayId"),
            text("vpc_endpoint_id", "VpcEndpointId"),
            text("vpc_peering_connection_id", "VpcPeeringConnectionId"),
        ]
    ),
    plain!("AWS::EC2::RouteTable", "aws_route_table", [tags("Tags"), text("vpc_id", "VpcId")]),
    plain!(
        "AWS::EC2::SecurityGroup",
        "aws_security_group",
        [
            name("GroupName"),
            tags("Tags"),
            text("description", "GroupDescription").opt(),
            blocks("egress", "$Egress", PORTS),
            blocks("ingress", "$Ingress", PORTS),
        ]
    ),
    plain!(
        "AWS::EC2::Subnet",
        "aws_subnet",
        [
            tags("Tags"),
            flag("assign_ipv6_address_on_creation", "AssignIpv6AddressOnCreation"),
            text("availability_zone", "AvailabilityZone"),
            text("cidr_block", "CidrBlock"),
            text("ipv6_cidr_block", "Ipv6CidrBlock"),
            flag("map_public_ip_on_launch", "MapPublicIpOnLaunch"),
            text("outpost_arn", "OutpostArn"),
            text("vpc_id", "VpcId"),
        ]
    ),
    plain!(
        "AWS::EC2::SubnetRouteTableAssociation",
        "aws_route_table_association",
        [text("route_table_id", "RouteTableId"), text("subnet_id", "SubnetId"),]
    ),
    plain!(
        "AWS::EC2::VPC",
        "aws_vpc",
        [
            tags("Tags"),
            text("cidr_block", "CidrBlock"),
            flag("enable_dns_support", "EnableDnsSupport"),
            flag("enable_dns_hostnames", "EnableDnsHostnames"),
            text("instance_tenancy", "InstanceTenancy"),
        ]
    ),
    Mapping {
        from: "AWS::ElasticLoadBalancingV2::Listener",
        main: Shape {
            to: "aws_lb_listener",
            fields: &[
                text("protocol", "^Protocol"),
                int("port", "^Port"),
                any("default_action", "$DefaultAction"),
            ],
        },
        parts: &[],
    },
    plain!(
        "AWS::GlobalAccelerator::Accelerator",
        "aws_globalaccelerator_accelerator",
        [name("Name"), tags("Tags"), text("ip_address_type", "IpAddressType"), flag("enabled", "Enabled"),]
    ),
    plain!("AWS::GuardDuty::Detector", "aws_guardduty_detector", [flag("enable", "Enable")]),
    plain!(
        "AWS::IAM::AccessKey",
        "aws_iam_access_key",
        [name("UserName"), text("user", "UserName"), text("status", "Status"),]
    ),
    Mapping {
        from: "AWS::IAM::Group",
        main: Shape { to: "aws_iam_group", fields: &[name("GroupName")] },
        parts: &[inline_policies("aws_iam_group_policy")],
    },
    plain!("AWS::IAM::Policy", "aws_iam_policy", [name("PolicyName"), json("policy", "PolicyDocument")]),
    Mapping {
        from: "AWS::IAM::Role",
        main: Shape {
            to: "aws_iam_role",
            fields: &[name("$Nothing"), tags("Tags"), json("assume_role_policy", "AssumeRolePolicyDocument")],
        },
        parts: &[inline_policies("aws_iam_role_policy")],
    },
    Mapping {
        from: "AWS::IAM::User",
        main: Shape { to: "aws_iam_user", fields: &[name("UserName"), tags("Tags")] },
        parts: &[
            Part {
                shape: Shape {
                    to: "aws_iam_user_login_profile",
                    fields: &[
                        name("UserName"),
                        flag("password_reset_required", "LoginProfile.PasswordResetRequired"),
                    ],
                },
                each: Each::Always,
                name: Name::Property("UserName"),
            },
            inline_policies("aws_iam_user_policy"),
        ],
    },
    plain!(
        "AWS::KMS::Key",
        "aws_kms_key",
        [
            tags("Tags"),
            text("description", "$Nothing"),
            json("policy", "KeyPolicy"),
            int("deletion_window_in_days", "PendingWindowInDays"),
            flag("is_enabled", "Enabled"),
            flag("enable_key_rotation", "EnableKeyRotation"),
        ]
    ),
    plain!(
        "AWS::Logs::LogGroup",
        "aws_cloudwatch_log_group",
        [
            name("LogGroupName"),
            text("kms_key_id", "KmsKeyId").opt(),
            int("retention_in_days", "RetentionInDays"),
        ]
    ),
    plain!(
        "AWS::MSK::Cluster",
        "aws_msk_cluster",
        [
            name("ClusterName"),
            tags("Tags"),
            text("cluster_name", "ClusterName"),
            text("kafka_version", "KafkaVersion"),
            int("number_of_broker_nodes", "NumberOfBrokerNodes"),
            block("broker_node_group_info", "BrokerNodeGroupInfo", BROKERS),
            block("encryption_info", "EncryptionInfo", ENCRYPTION),
        ]
    ),
    plain!(
        "AWS::RAM::ResourceShare",
        "aws_ram_resource_share",
        [name("Name"), tags("Tags"), flag("allow_external_principals", "AllowExternalPrincipals"),]
    ),
    plain!(
        "AWS::Route53::RecordSet",
        "aws_route53_record",
        [name("Name"), texts("records", "ResourceRecords")]
    ),
    plain!("AWS::SNS::Topic", "aws_sns_topic", [name("TopicName"), text("kms_master_id", "KmsMasterKeyId")]),
    plain!(
        "AWS::SNS::TopicPolicy",
        "aws_sns_topic_policy",
        [text("name", "$Each"), text("arn", "$Each"), json("policy", "^PolicyDocument"),]
    ),
    plain!(
        "AWS::SQS::Queue",
        "aws_sqs_queue",
        [
            name("QueueName"),
            text("kms_master_key_id", "KmsMasterKeyId"),
            int("kms_data_key_reuse_period_seconds", "KmsDataKeyReusePeriodSeconds"),
            int("message_retention_seconds", "MessageRetentionPeriod"),
        ]
    ),
    plain!(
        "AWS::SQS::QueuePolicy",
        "aws_sqs_queue_policy",
        [text("name", "$Each"), text("queue_url", "$Each"), json("policy", "^PolicyDocument"),]
    ),
    plain!(
        "AWS::SSM::Parameter",
        "aws_ssm_parameter",
        [
            name("Name"),
            raw_tags("Tags"),
            text("description", "Description"),
            text("type", "Type"),
            text("value", "Value"),
            text("tier", "Tier"),
            text("policies", "Policies"),
            text("allowed_pattern", "AllowedPattern"),
        ]
    ),
    plain!(
        "AWS::SecretsManager::ResourcePolicy",
        "aws_secretsmanager_secret_policy",
        [json("policy", "ResourcePolicy")]
    ),
    plain!(
        "AWS::SecretsManager::RotationSchedule",
        "aws_secretsmanager_secret_rotation",
        [
            text("secret_id", "SecretId"),
            text("rotation_lambda_arn", "RotationLambdaARN"),
            block(
                "rotation_rules",
                "RotationRules",
                &[int("automatically_after_days", "AutomaticallyAfterDays")]
            ),
        ]
    ),
    plain!(
        "AWS::SecretsManager::Secret",
        "aws_secretsmanager_secret",
        [name("Name"), tags("Tags"), text("kms_key_id", "KmsKeyId").opt(),]
    ),
    plain!(
        "AWS::WAF::SizeConstraintSet",
        "aws_waf_size_constraint_set",
        [name("Name"), blocks("size_constraints", "SizeConstraints", SIZES).opt(),]
    ),
];
