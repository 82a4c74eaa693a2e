//! Types that run code.

use super::shape::{
    Each, Field, Mapping, Name, Part, Shape, any, attribute_flag, attribute_text, block, blocks, digits,
    fixed, flag, int, logical, name, object, raw_tags, tags, text, text_map, texts,
};

const CACHE: &[Field] = &[text("type", "Type"), texts("modes", "Modes")];
const BUILD: &[Field] = &[
    text("compute_type", "ComputeType"),
    text("image", "Image"),
    text("type", "Type"),
    text("image_pull_credentials_type", "ImagePullCredentialsType"),
];
const BUILD_SOURCE: &[Field] =
    &[text("type", "Type"), text("location", "Location"), int("git_clone_depth", "GitCloneDepth")];
const CONTAINER: &[Field] = &[
    text("image", "Image"),
    text("mode", "Mode"),
    text("model_data_url", "ModelDataUrl"),
    text("container_hostname", "ContainerHostname"),
    any("environment", "Environment"),
    block("image_config", "ImageConfig", &[text("repository_access_mode", "RepositoryAccessMode")]),
];
const ECS_LOG: &[Field] = &[
    flag("cloud_watch_encryption_enabled", "CloudWatchEncryptionEnabled"),
    text("cloud_watch_log_group_name", "CloudWatchLogGroupName"),
    text("s3_bucket_name", "S3BucketName"),
    flag("s3_bucket_encryption_enabled", "S3EncryptionEnabled"),
    text("s3_key_prefix", "S3KeyPrefix"),
];
const ECS_EXECUTE: &[Field] = &[
    text("kms_key_id", "KmsKeyId"),
    text("logging", "Logging"),
    block("log_configuration", "LogConfiguration", ECS_LOG),
];
const ECS_STRATEGY: &[Field] =
    &[int("base", "Base"), text("capacity_provider", "CapacityProvider"), int("weight", "Weight")];
const INTERFACE: &[Field] = &[
    text("network_interface_id", "NetworkInterfaceId"),
    digits("device_index", "DeviceIndex"),
    flag("delete_on_termination", "DeleteOnTermination"),
];
const VPC: &[Field] = &[texts("security_group_ids", "SecurityGroupIds"), texts("subnet_ids", "SubnetIds")];

/// What functions and serverless functions have in common.
macro_rules! lambda {
    ($($more:expr),* $(,)?) => { &[
        name("FunctionName"),
        text("function_name", "FunctionName"),
        text("role", "Role"),
        text("handler", "Handler"),
        int("memory_size", "MemorySize"),
        int("reserved_concurrent_executions", "ReservedConcurrentExecutions"),
        text("runtime", "Runtime"),
        int("timeout", "Timeout"),
        block("vpc_config", "VpcConfig", VPC),
        block("environment", "Environment", &[text_map("variables", "Variables")]),
        text("kms_key_arn", "KmsKeyArn"),
        $($more),*
    ] };
}

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        from: "AWS::AutoScaling::LaunchConfiguration",
        main: Shape {
            to: "aws_launch_configuration",
            fields: &[
                name("LaunchConfigurationName"),
                flag("enable_monitoring", "InstanceMonitoring"),
                text("user_data_base64", "UserData"),
                fixed("user_data", ""),
                object(
                    "metadata_options",
                    "MetadataOptions",
                    &[text("http_endpoint", "HttpEndpoint"), text("http_tokens", "HttpTokens")],
                ),
                blocks(
                    "ebs_block_device",
                    "BlockDeviceMappings",
                    &[
                        text("device_name", "DeviceName"),
                        flag("encrypted", "Ebs.Encrypted"),
                        flag("delete_on_termination", "Ebs.DeleteOnTermination"),
                    ],
                ),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::CodeBuild::Project",
        main: Shape {
            to: "aws_codebuild_project",
            fields: &[
                name("Name"),
                text("description", "Description"),
                int("build_timeout", "TimeoutInMinutes"),
                int("queued_timeout", "QueuedTimeoutInMinutes"),
                text("service_role", "ServiceRole"),
                text("encryption_key", "EncryptionKey"),
                block("artifacts", "Artifacts", &[text("type", "Type")]),
                block("cache", "Cache", CACHE),
                block("environment", "Environment", BUILD),
                block("source", "Source", BUILD_SOURCE),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::EC2::Instance",
        main: Shape {
            to: "aws_instance",
            fields: &[
                logical("name", ""),
                tags("Tags"),
                text("ami", "ImageId"),
                text("instance_type", "InstanceType"),
                flag("ebs_optimized", "EbsOptimized"),
                flag("hibernation", "HibernationOptions.Configured"),
                flag("monitoring", "Monitoring"),
                text("iam_instance_profile", "IamInstanceProfile"),
                // Of the interfaces and the instance together, which `super::interfaces` puts here.
                texts("vpc_security_group_ids", "$SecurityGroups"),
                blocks("network_interface", "$NetworkInterfaces", INTERFACE),
                text("user_data_base64", "UserData"),
                flag("associate_public_ip_address", "$AssociatePublicIpAddress"),
                text("subnet_id", "SubnetId"),
            ],
        },
        parts: &[Part {
            shape: Shape {
                to: "aws_network_interface",
                fields: &[
                    text("name", "$Name"),
                    text("subnet_id", "SubnetId"),
                    any("private_ips", "$PrivateIps"),
                    block(
                        "attachment",
                        "$Attachment",
                        &[logical("instance", "aws_instance."), digits("device_index", "DeviceIndex")],
                    ),
                ],
            },
            each: Each::Item("$NetworkInterfaces"),
            name: Name::LogicalNumbered,
        }],
    },
    Mapping {
        from: "AWS::ECS::Cluster",
        main: Shape {
            to: "aws_ecs_cluster",
            fields: &[
                name("ClusterName"),
                tags("Tags"),
                blocks("settings", "$Settings", &[text("name", "Name"), text("value", "Value")]),
                blocks("default_capacity_provider_strategy", "$Strategy", ECS_STRATEGY),
                block(
                    "configuration",
                    "Configuration",
                    &[block("execute_command_configuration", "ExecuteCommandConfiguration", ECS_EXECUTE)],
                ),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::ECS::Service",
        main: Shape {
            to: "aws_ecs_service",
            fields: &[name("ServiceName"), tags("Tags"), text("iam_role", "Role")],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::ECS::TaskDefinition",
        main: Shape {
            to: "aws_ecs_task_definition",
            fields: &[
                raw_tags("Tags"),
                text("container_definitions", "$ContainerDefinitions"),
                text("network_mode", "NetworkMode"),
                blocks(
                    "volume",
                    "$Volumes",
                    &[object(
                        "efs_volume_configuration",
                        "EFSVolumeConfiguration",
                        &[text("transit_encryption", "TransitEncryption")],
                    )],
                ),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::EKS::Cluster",
        main: Shape {
            to: "aws_eks_cluster",
            fields: &[
                name("Name"),
                text("role_arn", "RoleArn"),
                // Terrascan forgets what it read of the network.
                any("vpc_config", "$Nothing"),
                any("enabled_cluster_log_types", "$LogTypes"),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::EKS::Nodegroup",
        main: Shape {
            to: "aws_eks_node_group",
            fields: &[
                name("NodegroupName"),
                tags("Tags"),
                text("cluster_name", "ClusterName"),
                text("node_group_name", "NodegroupName"),
                texts("subnet_ids", "Subnets"),
                text("node_role_arn", "NodeRole"),
                block(
                    "scaling_config",
                    "ScalingConfig",
                    &[
                        int("desired_size", "DesiredSize"),
                        int("max_size", "MaxSize"),
                        int("min_size", "MinSize"),
                    ],
                ),
                any("labels", "Labels"),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::EMR::Cluster",
        main: Shape {
            to: "aws_emr_cluster",
            fields: &[
                name("Name"),
                text("release_label", "ReleaseLabel"),
                text("service_role", "ServiceRole"),
                flag("termination_protection", "Instances.TerminationProtected"),
                block(
                    "kerberos_attributes",
                    "KerberosAttributes",
                    &[text("kdc_admin_password", "KdcAdminPassword"), text("realm", "Realm")],
                ),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::Lambda::Function",
        main: Shape {
            to: "aws_lambda_function",
            fields: lambda![
                block("tracing_config", "TracingConfig", &[text("mode", "Mode")]),
                text("image_uri", "Code.ImageUri").opt(),
                text("s3_bucket", "Code.S3Bucket").opt(),
                text("s3_key", "Code.S3Key").opt(),
                text("s3_object_version", "Code.S3ObjectVersion").opt(),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::Serverless::Function",
        main: Shape {
            to: "aws_lambda_function",
            fields: lambda![
                text_map("tags", "Tags"),
                block("tracing_config", "$Tracing", &[text("mode", "Tracing")]),
                text("image_uri", "ImageUri").opt(),
                text("filename", "$FileName").opt(),
                text("s3_bucket", "$Code.Bucket").opt(),
                text("s3_key", "$Code.Key").opt(),
                text("s3_object_version", "$Code.Version").opt(),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::SageMaker::Model",
        main: Shape {
            to: "aws_sagemaker_model",
            fields: &[
                name("ModelName"),
                tags("Tags"),
                text("execution_role_arn", "ExecutionRoleArn"),
                blocks("container", "Containers", CONTAINER),
                block("primary_container", "PrimaryContainer", CONTAINER),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::SageMaker::NotebookInstance",
        main: Shape {
            to: "aws_sagemaker_notebook_instance",
            fields: &[
                name("NotebookInstanceName"),
                tags("Tags"),
                text("role_arn", "RoleArn"),
                text("instance_type", "InstanceType"),
                text("kms_key_id", "KmsKeyId"),
                text("direct_internet_access", "DirectInternetAccess"),
                text("root_access", "RootAccess"),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::WorkSpaces::Workspace",
        main: Shape {
            to: "aws_workspaces_workspace",
            fields: &[
                name("UserName"),
                raw_tags("Tags"),
                flag("root_volume_encryption_enabled", "RootVolumeEncryptionEnabled").opt(),
                flag("user_volume_encryption_enabled", "UserVolumeEncryptionEnabled").opt(),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::ElasticLoadBalancing::LoadBalancer",
        main: Shape {
            to: "aws_elb",
            fields: &[
                tags("Tags"),
                blocks(
                    "listener",
                    "Listeners",
                    &[text("lb_protocol", "Protocol"), text("instance_protocol", "InstanceProtocol")],
                ),
                any("access_logs", "$AccessLogs").opt(),
                flag("cross_zone_load_balancing", "CrossZone").opt(),
            ],
        },
        parts: &[Part {
            shape: Shape {
                to: "aws_load_balancer_policy",
                fields: &[
                    text("load_balancer_name", "$Name"),
                    text("policy_name", "PolicyName"),
                    text("PolicyTypeName", "PolicyType"),
                    blocks("policy_attribute", "Attributes", &[text("name", "Name"), text("value", "Value")]),
                ],
            },
            each: Each::Item("Policies"),
            name: Name::LogicalNumbered,
        }],
    },
    Mapping {
        from: "AWS::ElasticLoadBalancingV2::LoadBalancer",
        main: Shape {
            to: "aws_lb",
            fields: &[
                name("Name"),
                tags("Tags"),
                texts("security_groups", "SecurityGroups"),
                texts("subnets", "Subnets"),
                fixed("load_balancer_type", "application"),
                attribute_flag(
                    "enable_deletion_protection",
                    "LoadBalancerAttributes",
                    "deletion_protection.enabled",
                ),
                flag("internal", "$Nothing"),
                object(
                    "access_logs",
                    "",
                    &[
                        attribute_text("Bucket", "LoadBalancerAttributes", "access_logs.s3.bucket"),
                        attribute_text("Prefix", "LoadBalancerAttributes", "access_logs.s3.prefix"),
                        attribute_flag("Enabled", "LoadBalancerAttributes", "access_logs.s3.enabled"),
                    ],
                ),
                attribute_flag(
                    "enable_cross_zone_load_balancing",
                    "LoadBalancerAttributes",
                    "load_balancing.cross_zone.enabled",
                ),
                attribute_flag("enable_http2", "LoadBalancerAttributes", "routing.http2.enabled"),
                blocks(
                    "subnet_mapping",
                    "$SubnetMappings",
                    &[
                        text("allocation_id", "AllocationId"),
                        text("ipv6_address", "IPv6Address"),
                        text("private_ipv4_Address", "PrivateIPv4Address"),
                        text("subnet_id", "SubnetId"),
                    ],
                ),
            ],
        },
        parts: &[],
    },
    Mapping {
        from: "AWS::ElasticLoadBalancingV2::TargetGroup",
        main: Shape {
            to: "aws_lb_target_group",
            fields: &[name("Name"), tags("Tags"), text("protocol", "Protocol")],
        },
        parts: &[],
    },
];
