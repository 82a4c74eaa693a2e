# METADATA
# scope: package
# title: A firewall is not deleted by mistake
# description: >-
#   Without it, what it kept out comes in, or nothing goes out any more.
# related_resources:
#   - https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-settings.html
# custom:
#   id: WL-AWS-NETWORKFIREWALL-001
#   remedy: |-
#     In Terraform:
#       delete_protection = true
#     In CloudFormation:
#       DeleteProtection: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["NetworkFirewall.9"]
#     checkov: ["CKV_AWS_344"]
#   engines: [terraform, cloudformation]
package wayleave.aws.networkfirewall.deletion_protection

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the firewall may be deleted at any time"} if {
	some it in input.resources.aws_networkfirewall_firewall
	resource.is_off(it, "delete_protection")
}
