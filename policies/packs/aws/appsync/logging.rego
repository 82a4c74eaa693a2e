# METADATA
# scope: package
# title: Requests to a GraphQL API are logged
# description: >-
#   One address takes every query; without the log of fields nobody can say what was asked.
# related_resources:
#   - https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
# custom:
#   id: WL-AWS-APPSYNC-001
#   remedy: |-
#     In Terraform:
#       log_config {
#         cloudwatch_logs_role_arn = "arn:aws:iam::222222222222:role/logs"
#         field_log_level          = "ERROR"
#       }
#     In CloudFormation:
#       LogConfig: {CloudWatchLogsRoleArn: "arn:aws:iam::222222222222:role/logs", FieldLogLevel: ERROR}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["AppSync.2"]
#     checkov: ["CKV_AWS_193", "CKV_AWS_194"]
#   engines: [terraform, cloudformation]
package wayleave.aws.appsync.logging

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_appsync_graphql_api
	found := resource.value_or_default(it, "log_config.0.field_log_level", "NONE")
	found in {"NONE"}
	message := sprintf("the level of logging is %s", [found])
}
