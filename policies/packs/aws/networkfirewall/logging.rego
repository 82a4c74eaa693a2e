# METADATA
# scope: package
# title: What a firewall decides is logged
# description: >-
#   Without its log nobody can say what it let through.
# related_resources:
#   - https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-logging.html
# custom:
#   id: WL-AWS-NETWORKFIREWALL-002
#   remedy: |-
#     In Terraform:
#       resource "aws_networkfirewall_logging_configuration" "edge" {
#         firewall_arn = aws_networkfirewall_firewall.edge.arn
#       }
#     In CloudFormation:
#       AWS::NetworkFirewall::LoggingConfiguration with FirewallArn and LoggingConfiguration.
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["NetworkFirewall.2"]
#     checkov: ["CKV2_AWS_63"]
#   engines: [terraform, cloudformation]
package wayleave.aws.networkfirewall.logging

import data.wayleave.lib.resource

kind := "aws_networkfirewall_logging_configuration"

deny contains {"address": firewall.address, "message": "decisions are not logged"} if {
	some firewall in input.resources.aws_networkfirewall_firewall
	count(resource.attached(firewall, kind, "firewall_arn")) == 0
	not resource.may_be_attached(kind, "firewall_arn")
}
