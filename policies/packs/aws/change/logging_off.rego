# METADATA
# scope: package
# title: A change does not turn logging off
# description: >-
#   What is not logged cannot be found out afterwards. Turning logs off is also how an attacker hides what comes next.
# related_resources:
#   - https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/detection.html
# custom:
#   id: WL-AWS-CHANGE-004
#   remedy: |-
#     Leave logging on. To pay less, keep logs in another storage class or for a shorter time, in a change of its own that says so.
#   severity: medium
#   category: Logging and Monitoring
#   engines: [terraform]
package wayleave.aws.change.logging_off

import data.wayleave.lib.change
import data.wayleave.lib.resource

flags := {
	"aws_cloudtrail": ["enable_logging", "is_multi_region_trail", "include_global_service_events", "enable_log_file_validation"],
	"aws_elb": ["access_logs.0.enabled"],
	"aws_lb": ["access_logs.0.enabled"],
	"aws_mq_broker": ["logs.0.general", "logs.0.audit"],
	"aws_msk_cluster": ["logging_info.0.broker_logs.0.cloudwatch_logs.0.enabled", "logging_info.0.broker_logs.0.s3.0.enabled"],
	"aws_redshift_cluster": ["logging.0.enable"],
}

# Lists and blocks that say what is logged.
places := {
	"aws_api_gateway_stage": "access_log_settings",
	"aws_apigatewayv2_stage": "access_log_settings",
	"aws_cloudfront_distribution": "logging_config",
	"aws_db_instance": "enabled_cloudwatch_logs_exports",
	"aws_docdb_cluster": "enabled_cloudwatch_logs_exports",
	"aws_eks_cluster": "enabled_cluster_log_types",
	"aws_elasticsearch_domain": "log_publishing_options",
	"aws_neptune_cluster": "enable_cloudwatch_logs_exports",
	"aws_opensearch_domain": "log_publishing_options",
	"aws_rds_cluster": "enabled_cloudwatch_logs_exports",
	"aws_s3_bucket": "logging",
	"aws_sfn_state_machine": "logging_configuration",
}

# Resources that are nothing but a log of something else, with the type that they go with.
logs := {
	"aws_cloudwatch_log_subscription_filter": ["aws_cloudwatch_log_group", "log_group_name"],
	"aws_flow_log": ["aws_vpc", "vpc_id"],
	"aws_redshift_logging": ["aws_redshift_cluster", "cluster_identifier"],
	"aws_route53_query_log": ["aws_route53_zone", "zone_id"],
	"aws_route53_resolver_query_log_config_association": ["aws_vpc", "resource_id"],
	"aws_s3_bucket_logging": ["aws_s3_bucket", "bucket"],
	"aws_wafv2_web_acl_logging_configuration": ["aws_wafv2_web_acl", "resource_arn"],
}

deny contains {"address": altered.address, "message": sprintf("the change turns %s off", [path]), "severity": severity(kind)} if {
	some kind, paths in flags
	some altered in change.altered([kind])
	some path in paths
	change.turned_off(altered, path)
}

deny contains {"address": altered.address, "message": sprintf("the change ends what %s logs", [path])} if {
	some kind, path in places
	some altered in change.altered([kind])
	change.removed(altered, path)
}

deny contains {"address": gone.address, "message": "the change deletes the log"} if {
	some kind, owner in logs
	some gone in change.deleted([kind])
	not change.goes_with(gone, owner[0], owner[1])
}

deny contains {"address": gone.address, "message": "the change deletes the account's trail", "severity": "high"} if {
	some gone in change.deleted(["aws_cloudtrail", "aws_cloudtrail_event_data_store"])
}

deny contains {"address": altered.address, "message": message, "severity": "low"} if {
	some altered in change.altered(["aws_cloudwatch_log_group"])
	days := resource.number_or_default(change.becomes(altered), "retention_in_days", 0)
	days > 0
	before := resource.number_or_default(change.was(altered), "retention_in_days", 0)
	is_longer(before, days)
	message := sprintf("the change keeps the logs for %d days only", [days])
}

severity(kind) := "high" if kind == "aws_cloudtrail"

severity(kind) := "medium" if kind != "aws_cloudtrail"

# Without a number of days, logs are kept for ever.
is_longer(before, _) if before == 0

is_longer(before, days) if before > days
