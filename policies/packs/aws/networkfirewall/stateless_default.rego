# METADATA
# scope: package
# title: A firewall looks at what no rule without memory names
# description: >-
#   With a default of passing, all that no such rule names goes through unseen.
# related_resources:
#   - https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateless-default-actions.html
# custom:
#   id: WL-AWS-NETWORKFIREWALL-004
#   remedy: |-
#     In Terraform:
#       stateless_default_actions          = ["aws:forward_to_sfe"]
#     In CloudFormation:
#       StatelessDefaultActions: ["aws:forward_to_sfe"]
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["NetworkFirewall.4", "NetworkFirewall.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.networkfirewall.stateless_default

import data.wayleave.lib.resource
actions := {"stateless_default_actions": "packets", "stateless_fragment_default_actions": "fragments"}

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_networkfirewall_firewall_policy
	some policy in resource.blocks(it, "firewall_policy")
	some attribute, things in actions
	"aws:pass" in policy[attribute]
	message := sprintf("%s that no rule names pass unseen", [things])
}
