# METADATA
# scope: package
# title: No wide range of ports is open to the internet
# description: >-
#   A range of ports opens whatever happens to listen in it, also what nobody thought of.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-006
#   remedy: |-
#     Name the ports that are needed, one by one:
#       from_port = 8443
#       to_port   = 8443
#     In CloudFormation: FromPort and ToPort.
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.18"]
#     terrascan: ["AC_AWS_0275"]
#   parameters:
#     widest:
#       description: A range of at most this many ports is no wide one.
#       default: 10
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_range

import data.wayleave.lib.network

deny contains {"address": rule.address, "message": message} if {
	some rule in network.ingress
	rule.protocol in {"tcp", "udp"}
	not network.covers_every_port(rule)
	sum([rule.to_port, 1]) > sum([rule.from_port, data.parameters["WL-AWS-EC2-006"].widest])
	some cidr in network.world(rule)
	message := sprintf("%s may connect on %s", [cidr, network.ports_text(rule)])
}
