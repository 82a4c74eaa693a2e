# METADATA
# scope: package
# title: An alarm may act
# description: >-
#   An alarm whose actions are turned off is a forgotten exercise.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
# custom:
#   id: WL-AWS-CLOUDWATCH-005
#   remedy: |-
#     In Terraform:
#       actions_enabled = true
#     In CloudFormation:
#       ActionsEnabled: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-security-hub: ["CloudWatch.17"]
#     checkov: ["CKV_AWS_319"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudwatch.alarm_enabled

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "its actions are turned off"} if {
	some it in input.resources.aws_cloudwatch_metric_alarm
	resource.is_false_or_missing(it, "actions_enabled", true)
}
