# METADATA
# scope: package
# title: Only few public addresses may connect to ports for administration and databases
# description: >-
#   A whole public network, such as that of an internet provider, is shared with strangers, and its owner changes.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-008
#   remedy: |-
#     Name single addresses, or connect through a VPN:
#       cidr_ipv4 = "203.0.113.7/32"
#     In CloudFormation: CidrIp: 203.0.113.7/32.
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     terrascan:
#       - AC_AWS_0277
#       - AC_AWS_0278
#       - AC_AWS_0279
#       - AC_AWS_0280
#       - AC_AWS_0281
#       - AC_AWS_0282
#       - AC_AWS_0283
#       - AC_AWS_0284
#       - AC_AWS_0285
#       - AC_AWS_0286
#       - AC_AWS_0287
#       - AC_AWS_0288
#       - AC_AWS_0289
#       - AC_AWS_0290
#       - AC_AWS_0291
#       - AC_AWS_0292
#       - AC_AWS_0293
#       - AC_AWS_0294
#       - AC_AWS_0295
#       - AC_AWS_0296
#       - AC_AWS_0297
#       - AC_AWS_0298
#       - AC_AWS_0299
#       - AC_AWS_0300
#       - AC_AWS_0301
#       - AC_AWS_0302
#       - AC_AWS_0303
#       - AC_AWS_0304
#       - AC_AWS_0305
#       - AC_AWS_0306
#       - AC_AWS_0307
#       - AC_AWS_0308
#       - AC_AWS_0309
#       - AC_AWS_0310
#       - AC_AWS_0311
#       - AC_AWS_0312
#       - AC_AWS_0313
#       - AC_AWS_0314
#       - AC_AWS_0315
#       - AC_AWS_0316
#       - AC_AWS_0317
#       - AC_AWS_0318
#       - AC_AWS_0319
#   parameters:
#     longest_prefix:
#       description: Public networks of IPv4 with a prefix of at least this length are few addresses.
#       default: 28
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.public_range

import data.wayleave.lib.network
import data.wayleave.lib.ports

deny contains {"address": rule.address, "message": message, "aliases": object.get(ports.public, port, [])} if {
	some rule in network.ingress
	some cidr in rule.cidrs
	is_large(cidr)
	some id in ["WL-AWS-EC2-001", "WL-AWS-EC2-004"]
	not network.covers_every_port(rule)
	names := data.parameters[id].ports
	some port in ports.let_in(rule, names)
	message := sprintf("the public network %s may connect on port %s (%s)", [cidr, ports.number_of(port), names[port]])
}

deny contains {"address": rule.address, "message": sprintf("the public network %s may connect on every port", [cidr])} if {
	some rule in network.ingress
	network.covers_every_port(rule)
	some cidr in rule.cidrs
	is_large(cidr)
}

is_large(cidr) if {
	to_number(split(cidr, "/")[1]) < data.parameters["WL-AWS-EC2-008"].longest_prefix
	not contains(cidr, ":")
	not network.is_world(cidr)
	network.is_public(cidr)
}
