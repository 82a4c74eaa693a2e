# METADATA
# scope: package
# title: An alarm does something
# description: >-
#   An alarm without an action changes its colour on a page that nobody has open.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
# custom:
#   id: WL-AWS-CLOUDWATCH-004
#   remedy: |-
#     In Terraform:
#       alarm_actions = ["arn:aws:sns:eu-west-1:222222222222:on-call"]
#     In CloudFormation:
#       AlarmActions: ["arn:aws:sns:eu-west-1:222222222222:on-call"]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-security-hub: ["CloudWatch.15"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudwatch.alarm_actions

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "nothing happens when it goes off"} if {
	some it in input.resources.aws_cloudwatch_metric_alarm
	resource.is_missing(it, "alarm_actions")
	resource.is_missing(it, "ok_actions")
	resource.is_missing(it, "insufficient_data_actions")
}
