# METADATA
# scope: package
# title: What a web ACL decides is logged
# description: >-
#   Without its log nobody can say which requests were let through during an attack.
# related_resources:
#   - https://docs.aws.amazon.com/waf/latest/developerguide/logging.html
# custom:
#   id: WL-AWS-WAF-003
#   remedy: |-
#     In Terraform:
#       resource "aws_wafv2_web_acl_logging_configuration" "site" {
#         resource_arn            = aws_wafv2_web_acl.site.arn
#         log_destination_configs = ["arn:aws:logs:eu-west-1:222222222222:log-group:aws-waf-logs-site"]
#       }
#     In CloudFormation:
#       AWS::WAFv2::LoggingConfiguration with ResourceArn and LogDestinationConfigs.
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["WAF.1"]
#     aws-security-hub: ["WAF.11"]
#     checkov: ["CKV2_AWS_31", "CKV_AWS_176"]
#   engines: [terraform, cloudformation]
package wayleave.aws.waf.logging

import data.wayleave.lib.resource

kind := "aws_wafv2_web_acl_logging_configuration"

deny contains {"address": acl.address, "message": "decisions are not logged"} if {
	some acl in input.resources.aws_wafv2_web_acl
	count(resource.attached(acl, kind, "resource_arn")) == 0
	not resource.may_be_attached(kind, "resource_arn")
}

deny contains {"address": acl.address, "message": "decisions are not logged"} if {
	some classic in ["aws_waf_web_acl", "aws_wafregional_web_acl"]
	some acl in input.resources[classic]
	resource.is_missing(acl, "logging_configuration")
}
