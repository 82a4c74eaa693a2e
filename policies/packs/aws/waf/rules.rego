# METADATA
# scope: package
# title: A web ACL has rules
# description: >-
#   A web ACL without rules lets everything through, and looks like protection.
# related_resources:
#   - https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
# custom:
#   id: WL-AWS-WAF-001
#   remedy: |-
#     In Terraform:
#       rule {
#         name     = "rate"
#         priority = 1
#         action {
#           block {}
#         }
#         statement {
#           rate_based_statement {
#             limit              = 2000
#             aggregate_key_type = "IP"
#           }
#         }
#         visibility_config {
#           cloudwatch_metrics_enabled = true
#           metric_name                = "rate"
#           sampled_requests_enabled   = true
#         }
#       }
#     In CloudFormation:
#       Rules: [...]
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["WAF.10"]
#     checkov: ["CKV_AWS_175"]
#   engines: [terraform, cloudformation]
package wayleave.aws.waf.rules

import data.wayleave.lib.resource

deny contains {"address": acl.address, "message": "the web ACL has no rule"} if {
	some kind in ["aws_wafv2_web_acl", "aws_waf_web_acl", "aws_wafregional_web_acl"]
	some acl in input.resources[kind]
	every name in ["rule", "rules", "rule_json"] {
		resource.is_missing(acl, name)
	}
	not blocks_by_default(acl)
}

blocks_by_default(acl) if {
	some action in resource.blocks(acl, "default_action")
	count(object.get(action, "block", [])) > 0
}

blocks_by_default(acl) if {
	some action in resource.blocks(acl, "default_action")
	action.type == "BLOCK"
}
