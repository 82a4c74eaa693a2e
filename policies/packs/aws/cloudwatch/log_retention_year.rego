# METADATA
# scope: package
# title: Logs are kept for a year
# description: >-
#   Intruders are found after months; then one wants to read how they came in.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
# custom:
#   id: WL-AWS-CLOUDWATCH-002
#   remedy: |-
#     In Terraform:
#       retention_in_days = 400
#     In CloudFormation:
#       RetentionInDays: 400
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-security-hub: ["CloudWatch.16"]
#     checkov: ["CKV_AWS_338"]
#   parameters:
#     days:
#       default: 365
#       description: The least number of days.
#   engines: [terraform, cloudformation]
package wayleave.aws.cloudwatch.log_retention_year

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": message} if {
	some group in input.resources.aws_cloudwatch_log_group
	days := to_number(resource.value(group, "retention_in_days"))
	days > 0
	days < data.parameters["WL-AWS-CLOUDWATCH-002"].days
	message := sprintf("logs are kept for %d days", [days])
}
