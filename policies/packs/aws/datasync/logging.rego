# METADATA
# scope: package
# title: What a transfer moves is logged
# description: >-
#   Without a log nobody can say which files were left behind, or taken.
# related_resources:
#   - https://docs.aws.amazon.com/datasync/latest/userguide/configure-logging.html
# custom:
#   id: WL-AWS-DATASYNC-001
#   remedy: |-
#     In Terraform:
#       cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:/files:*"
#       options {
#         log_level = "TRANSFER"
#       }
#     In CloudFormation:
#       CloudWatchLogGroupArn: arn:aws:logs:eu-west-1:222222222222:log-group:/files:*
#       Options: {LogLevel: TRANSFER}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["DataSync.1"]
#   engines: [terraform, cloudformation]
package wayleave.aws.datasync.logging

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "transfers are not logged"} if {
	some it in input.resources.aws_datasync_task
	resource.is_missing(it, "cloudwatch_log_group_arn")
}

deny contains {"address": it.address, "message": "the log level is OFF"} if {
	some it in input.resources.aws_datasync_task
	resource.is_set(it, "cloudwatch_log_group_arn")
	resource.value_or_default(it, "options.0.log_level", "OFF") == "OFF"
}
