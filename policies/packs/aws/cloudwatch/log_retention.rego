# METADATA
# scope: package
# title: A log group says how long it keeps
# description: >-
#   Without a number of days logs are kept, and paid for, for ever, also what a law orders to be deleted.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
# custom:
#   id: WL-AWS-CLOUDWATCH-001
#   remedy: |-
#     In Terraform:
#       retention_in_days = 400
#     In CloudFormation:
#       RetentionInDays: 400
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_66"]
#     terrascan: ["AC_AWS_0452", "AWS.ACLG.LM.MEDIUM.0068", "AC_AWS_0041", "AWS.CloudWatch.Logging.Medium.0631"]
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudwatch.log_retention

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "logs are kept for ever"} if {
	some it in input.resources.aws_cloudwatch_log_group
	found := resource.value_or_default(it, "retention_in_days", 0)
	found in {0}
}
