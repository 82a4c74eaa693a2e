# METADATA
# scope: package
# title: A web ACL is measured
# description: >-
#   Without metrics nobody sees that an attack is under way, or that a rule keeps out users.
# related_resources:
#   - https://docs.aws.amazon.com/waf/latest/developerguide/monitoring-cloudwatch.html
# custom:
#   id: WL-AWS-WAF-002
#   remedy: |-
#     In Terraform:
#       cloudwatch_metrics_enabled = true
#     In CloudFormation:
#       CloudWatchMetricsEnabled: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["WAF.12"]
#   engines: [terraform, cloudformation]
package wayleave.aws.waf.metrics

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "metrics are turned off"} if {
	some it in input.resources.aws_wafv2_web_acl
	resource.is_false_or_missing(it, "visibility_config.0.cloudwatch_metrics_enabled", true)
}
