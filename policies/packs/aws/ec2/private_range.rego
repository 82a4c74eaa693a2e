# METADATA
# scope: package
# title: Ports are open to the networks that need them, not to all private addresses
# description: >-
#   10.0.0.0/8 is every network that is connected, today or next year: other accounts, offices, partners. One machine that
#   is taken over there reaches all of this.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-009
#   remedy: |-
#     Name the network or, better, the group that is meant:
#       referenced_security_group_id = aws_security_group.app.id
#     In CloudFormation: SourceSecurityGroupId: !GetAtt App.GroupId.
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     terrascan:
#       - AC_AWS_0320
#       - AC_AWS_0321
#       - AC_AWS_0322
#       - AC_AWS_0323
#       - AC_AWS_0324
#       - AC_AWS_0325
#       - AC_AWS_0326
#       - AC_AWS_0327
#       - AC_AWS_0328
#       - AC_AWS_0329
#       - AC_AWS_0330
#       - AC_AWS_0331
#       - AC_AWS_0332
#       - AC_AWS_0333
#       - AC_AWS_0334
#       - AC_AWS_0335
#       - AC_AWS_0336
#       - AC_AWS_0337
#       - AC_AWS_0338
#       - AC_AWS_0339
#       - AC_AWS_0340
#       - AC_AWS_0341
#       - AC_AWS_0342
#       - AC_AWS_0343
#       - AC_AWS_0344
#       - AC_AWS_0345
#       - AC_AWS_0346
#       - AC_AWS_0347
#       - AC_AWS_0348
#       - AC_AWS_0349
#       - AC_AWS_0350
#       - AC_AWS_0351
#       - AC_AWS_0352
#       - AC_AWS_0353
#       - AC_AWS_0354
#       - AC_AWS_0355
#       - AC_AWS_0356
#       - AC_AWS_0357
#       - AC_AWS_0358
#       - AC_AWS_0359
#       - AC_AWS_0360
#       - AC_AWS_0361
#       - AC_AWS_0362
#       - AC_AWS_0363
#   parameters:
#     longest_prefix:
#       description: Private networks of IPv4 with a prefix of at least this length are small enough. Terrascan took 27.
#       default: 16
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.private_range

import data.wayleave.lib.network
import data.wayleave.lib.ports

deny contains {"address": rule.address, "message": message, "aliases": aliases(rule)} if {
	some rule in network.ingress
	some cidr in rule.cidrs
	to_number(split(cidr, "/")[1]) < data.parameters["WL-AWS-EC2-009"].longest_prefix
	not contains(cidr, ":")
	network.is_private(cidr)
	message := sprintf("all of %s may connect on %s", [cidr, network.ports_text(rule)])
}

# Those of the ports at the rule's two ends.
aliases(rule) := [alias |
	some name in names(rule.protocol)
	some number in {rule.from_port, rule.to_port}
	some alias in ports.private[sprintf("%s/%d", [name, number])]
]

names(protocol) := {"tcp", "udp"} if protocol == "all"

names(protocol) := {protocol} if protocol != "all"
