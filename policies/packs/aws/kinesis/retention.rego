# METADATA
# scope: package
# title: A stream keeps records long enough for a weekend
# description: >-
#   A reader that fails on Friday evening has lost what is older than a day when somebody looks on Monday.
# related_resources:
#   - https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
# custom:
#   id: WL-AWS-KINESIS-003
#   remedy: |-
#     In Terraform:
#       retention_period = 168
#     In CloudFormation:
#       RetentionPeriodHours: 168
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["Kinesis.3"]
#   parameters:
#     hours:
#       default: 72
#       description: The least number of hours.
#   engines: [terraform, cloudformation]
package wayleave.aws.kinesis.retention

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_kinesis_stream
	found := resource.number_or_default(it, "retention_period", 24)
	found < data.parameters["WL-AWS-KINESIS-003"].hours
	message := sprintf("records are kept for %v hours", [found])
}
