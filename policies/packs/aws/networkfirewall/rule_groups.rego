# METADATA
# scope: package
# title: A firewall has rules
# description: >-
#   A firewall without rules lets through what its defaults say, whatever it is.
# related_resources:
#   - https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-policies.html
# custom:
#   id: WL-AWS-NETWORKFIREWALL-003
#   remedy: |-
#     In Terraform:
#       stateful_rule_group_reference {
#         resource_arn = "arn:aws:network-firewall:eu-west-1:222222222222:stateful-rulegroup/edge"
#       }
#     In CloudFormation:
#       StatefulRuleGroupReferences: [{ResourceArn: 'arn:aws:network-firewall:eu-west-1:222222222222:stateful-rulegroup/edge'}]
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["NetworkFirewall.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.networkfirewall.rule_groups

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the policy has no group of rules"} if {
	some it in input.resources.aws_networkfirewall_firewall_policy
	every kind in ["stateful", "stateless"] {
		resource.is_missing(it, sprintf("firewall_policy.0.%s_rule_group_reference", [kind]))
	}
}
