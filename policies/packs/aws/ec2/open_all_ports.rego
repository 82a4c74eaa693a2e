# METADATA
# scope: package
# title: Not every port is open to the internet
# description: >-
#   A group that lets the whole internet in on every port is no firewall at all: whatever listens on the machine can be
#   reached, now and after the next update.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-003
#   remedy: |-
#     Name the port, and who may connect:
#       ip_protocol = "tcp"
#       from_port   = 443
#       to_port     = 443
#     In CloudFormation: IpProtocol, FromPort and ToPort.
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.18", "EC2.19"]
#     aws-security-hub: ["EC2.13", "EC2.14"]
#     checkov: ["CKV_AWS_277", "CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260"]
#     cis-aws-3.0: ["5.2", "5.3"]
#     terrascan: ["AC_AWS_0231", "AC_AWS_0275"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_all_ports

import data.wayleave.lib.network

deny contains {"address": rule.address, "message": message} if {
	some rule in network.ingress
	network.covers_every_port(rule)
	some cidr in network.world(rule)
	message := sprintf("%s may connect on every port%s", [cidr, of_protocol(rule)])
}

of_protocol(rule) := "" if rule.protocol == "all"

of_protocol(rule) := sprintf(" of %s", [upper(rule.protocol)]) if rule.protocol != "all"
