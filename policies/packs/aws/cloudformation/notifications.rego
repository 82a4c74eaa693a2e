# METADATA
# scope: package
# title: Somebody is told when a stack changes
# description: >-
#   A topic tells of every change, also of the one that nobody meant.
# related_resources:
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-add-tags.html
# custom:
#   id: WL-AWS-CLOUDFORMATION-001
#   remedy: |-
#     In Terraform:
#       notification_arns = ["arn:aws:sns:eu-west-1:222222222222:stacks"]
#     In CloudFormation:
#       NotificationARNs: ["arn:aws:sns:eu-west-1:222222222222:stacks"]
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_124"]
#     terrascan: ["AC_AWS_0021", "AWS.CloudFormation.Medium.0603"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudformation.notifications

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "nobody is told of changes"} if {
	some it in input.resources.aws_cloudformation_stack
	resource.is_missing(it, "notification_arns")
}
