# METADATA
# scope: package
# title: The subnets of a firewall are not changed by mistake
# description: >-
#   A firewall that loses a subnet leaves its networks without a guard, or without a way.
# related_resources:
#   - https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-settings.html
# custom:
#   id: WL-AWS-NETWORKFIREWALL-006
#   remedy: |-
#     In Terraform:
#       subnet_change_protection = true
#     In CloudFormation:
#       SubnetChangeProtection: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["NetworkFirewall.10"]
#   engines: [terraform, cloudformation]
package wayleave.aws.networkfirewall.subnet_change

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "subnets may be changed at once"} if {
	some it in input.resources.aws_networkfirewall_firewall
	resource.is_off(it, "subnet_change_protection")
}
