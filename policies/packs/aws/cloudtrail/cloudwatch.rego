# METADATA
# scope: package
# title: A trail can be watched as it is written
# description: >-
#   Files in a bucket are read after the fact; alarms need the events as they come.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
# custom:
#   id: WL-AWS-CLOUDTRAIL-004
#   remedy: |-
#     In Terraform:
#       cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
#     In CloudFormation:
#       CloudWatchLogsLogGroupArn: !GetAtt Group.Arn
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["CloudTrail.5"]
#     checkov: ["CKV2_AWS_10"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudtrail.cloudwatch

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "events are not sent to CloudWatch"} if {
	some it in input.resources.aws_cloudtrail
	resource.is_missing(it, "cloud_watch_logs_group_arn")
}
