# METADATA
# scope: package
# title: Messages are not delivered over plain HTTP
# description: >-
#   Whoever sits on the way to an http:// endpoint reads the messages and may change them.
# related_resources:
#   - https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
# custom:
#   id: WL-AWS-SNS-003
#   remedy: |-
#     In Terraform:
#       protocol = "https"
#     In CloudFormation:
#       Protocol: https
#   severity: medium
#   category: Data Protection
#   engines: [terraform, cloudformation]
package wayleave.aws.sns.delivery_https

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_sns_topic_subscription
	found := resource.value(it, "protocol")
	found in {"http"}
	message := sprintf("messages are delivered over %s, without TLS", [found])
}
