# METADATA
# scope: package
# title: Outgoing traffic is limited
# description: >-
#   A workload that may talk to the whole internet on every port can send data anywhere once it is taken over.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-002
#   remedy: |-
#     Name the ports and networks that are needed, for example HTTPS alone:
#       ip_protocol = "tcp"
#       from_port   = 443
#       to_port     = 443
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_382"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_egress

import data.wayleave.lib.network

deny contains {"address": rule.address, "message": message} if {
	some rule in network.rules("egress")
	network.covers_every_port(rule)
	some cidr in rule.cidrs
	network.is_world(cidr)
	message := sprintf("everything may be sent to %s", [cidr])
}
