# METADATA
# scope: package
# title: Questions to a public zone are logged
# description: >-
#   An attack begins with questions of names; without a log nobody saw them.
# related_resources:
#   - https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html
# custom:
#   id: WL-AWS-ROUTE53-001
#   remedy: |-
#     In Terraform:
#       resource "aws_route53_query_log" "main" {
#         zone_id                  = aws_route53_zone.main.zone_id
#         cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:222222222222:log-group:/aws/route53/example.com"
#       }
#     In CloudFormation:
#       QueryLoggingConfig: {CloudWatchLogsLogGroupArn: !GetAtt Group.Arn}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Route53.2"]
#     checkov: ["CKV2_AWS_39"]
#     terrascan: ["AC_AWS_0204", "AWS.Route53querylogs.Logging.Medium.0574"]
#   engines: [terraform, cloudformation]
package wayleave.aws.route53.query_logs

import data.wayleave.lib.resource

deny contains {"address": zone.address, "message": "questions are not logged"} if {
	some zone in input.resources.aws_route53_zone
	resource.is_missing(zone, "vpc")
	resource.is_missing(zone, "query_logging_config")
	count(resource.attached(zone, "aws_route53_query_log", "zone_id")) == 0
	not resource.may_be_attached("aws_route53_query_log", "zone_id")
}
