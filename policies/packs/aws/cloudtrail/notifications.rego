# METADATA
# scope: package
# title: Somebody is told when a trail writes
# description: >-
#   A topic tells those who work on the files that there are new ones, and by its silence that there are none.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html
# custom:
#   id: WL-AWS-CLOUDTRAIL-006
#   remedy: |-
#     In Terraform:
#       sns_topic_name = aws_sns_topic.trail.name
#     In CloudFormation:
#       SnsTopicName: !GetAtt Topic.TopicName
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_252"]
#     terrascan: ["AC_AWS_0035", "AWS.CloudTrail.Logging.Low.0559"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudtrail.notifications

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "nobody is told of new files"} if {
	some it in input.resources.aws_cloudtrail
	resource.is_missing(it, "sns_topic_name")
}
