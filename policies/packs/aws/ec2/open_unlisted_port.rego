# METADATA
# scope: package
# title: An unusual port is open to the internet only for a reason
# description: >-
#   A port that is none of the usual ones is open to everybody. Often it is a leftover of a test, or a service that was
#   meant for one partner.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-007
#   remedy: |-
#     Let in only the addresses that are meant:
#       cidr_ipv4 = "203.0.113.0/24"
#     In CloudFormation: CidrIp: 203.0.113.0/24. A port that is meant to be open goes into the rule's parameters.
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.18"]
#     terrascan: ["AC_AWS_0276"]
#   parameters:
#     allowed:
#       description: Ports that may be open, written tcp/8443.
#       default: []
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_unlisted_port

import data.wayleave.lib.network
import data.wayleave.lib.ports

# Rules of their own look at these ports.
listed := object.union_n([data.parameters[id].ports | some id in ["WL-AWS-EC2-001", "WL-AWS-EC2-004", "WL-AWS-EC2-005"]])

allowed := {port: "allowed" | some port in data.parameters["WL-AWS-EC2-007"].allowed}

deny contains {"address": rule.address, "message": message} if {
	some rule in network.ingress
	rule.protocol in {"tcp", "udp"}
	not network.covers_every_port(rule)
	not is_listed(rule)
	some cidr in network.world(rule)
	message := sprintf("%s may connect on %s", [cidr, network.ports_text(rule)])
}

is_listed(rule) if count(ports.let_in(rule, known)) > 0

known := object.union(listed, allowed)
