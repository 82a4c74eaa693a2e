# METADATA
# scope: package
# title: A group of rules has rules
# description: >-
#   An empty group looks like a guard in every list, and stops nothing.
# related_resources:
#   - https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateless-rule-groups-basics.html
# custom:
#   id: WL-AWS-NETWORKFIREWALL-005
#   remedy: |-
#     In Terraform:
#       stateless_rule {
#         priority = 1
#         rule_definition {
#           actions = ["aws:drop"]
#           match_attributes {
#             protocols = [6]
#           }
#         }
#       }
#     In CloudFormation:
#       StatelessRules: [{Priority: 1, RuleDefinition: {Actions: ["aws:drop"], MatchAttributes: {Protocols: [6]}}}]
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["NetworkFirewall.6"]
#   engines: [terraform, cloudformation]
package wayleave.aws.networkfirewall.empty_group

import data.wayleave.lib.resource
path := "rule_group.0.rules_source.0.stateless_rules_and_custom_actions.0.stateless_rule"

deny contains {"address": it.address, "message": "the group has no rule"} if {
	some it in input.resources.aws_networkfirewall_rule_group
	it.values.type == "STATELESS"
	resource.is_missing(it, path)
	resource.is_missing(it, "rules")
}
