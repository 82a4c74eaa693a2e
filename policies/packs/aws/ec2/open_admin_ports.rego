# METADATA
# scope: package
# title: SSH and RDP are not open to the internet
# description: >-
#   Ports 22 and 3389 are tried by scanners within minutes of being opened. One weak password or one late patch
#   is then enough.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-001
#   remedy: |-
#     Use Session Manager, or let in only the addresses that are meant:
#       cidr_ipv4 = "10.0.0.0/8"
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     cis-aws-3.0: ["5.2", "5.3"]
#     aws-fsbp: ["EC2.13", "EC2.14", "EC2.53", "EC2.54"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_admin_ports

import data.wayleave.lib.network

admin_ports := {22: "SSH", 3389: "RDP"}

deny contains {"address": rule.address, "message": message} if {
	some rule in network.rules("ingress")
	network.covers_every_port(rule)
	some cidr in rule.cidrs
	network.is_world(cidr)
	message := sprintf("%s may connect on every port", [cidr])
}

deny contains {"address": rule.address, "message": message} if {
	some rule in network.rules("ingress")
	not network.covers_every_port(rule)
	some port, name in admin_ports
	network.covers(rule, port)
	some cidr in rule.cidrs
	network.is_world(cidr)
	message := sprintf("%s may connect on port %d (%s)", [cidr, port, name])
}
