# METADATA
# scope: package
# title: A database's port is open to those that need it, not to the whole network
# description: >-
#   Each machine that is taken over in the network reaches the database, whatever it was there for.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-059
#   remedy: |-
#     In Terraform:
#       security_groups = [aws_security_group.app.id]
#     In CloudFormation:
#       SourceSecurityGroupId: !GetAtt App.GroupId
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     terrascan:
#       - AC_AWS_0280
#       - AC_AWS_0281
#       - AC_AWS_0282
#       - AC_AWS_0285
#       - AC_AWS_0286
#       - AC_AWS_0287
#       - AC_AWS_0289
#       - AC_AWS_0290
#       - AC_AWS_0291
#       - AC_AWS_0292
#       - AC_AWS_0293
#       - AC_AWS_0294
#       - AC_AWS_0295
#       - AC_AWS_0302
#       - AC_AWS_0303
#       - AC_AWS_0304
#       - AC_AWS_0305
#       - AC_AWS_0309
#       - AC_AWS_0310
#       - AC_AWS_0312
#       - AC_AWS_0316
#       - AC_AWS_0317
#       - AC_AWS_0318
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.whole_network

import data.wayleave.lib.network
import data.wayleave.lib.ports
import data.wayleave.lib.resource

deny contains {"address": rule.address, "message": message, "aliases": object.get(ports.public, port, [])} if {
	some rule in network.ingress
	not network.covers_every_port(rule)
	is_whole(rule)
	names := data.parameters["WL-AWS-EC2-004"].ports
	some port in ports.let_in(rule, names)
	message := sprintf("all of the network may connect on port %s (%s)", [ports.number_of(port), names[port]])
}

is_whole(rule) if {
	some vpc in input.resources.aws_vpc
	vpc.values.cidr_block in rule.cidrs
}

# What is taken from a network and put where a range of addresses belongs is that network's range.
is_whole(rule) if {
	some holder in holders
	holder.address == rule.address
	some attribute in ["cidr_blocks", "cidr_ipv4"]
	path := concat(".", [part | some part in [rule.path, attribute]; part != ""])
	some address in resource.links(holder, path)
	address in networks
}

networks := {vpc.address | some vpc in input.resources.aws_vpc}

# What rules stand in and refers to anything, where there is a network that it may refer to.
holders := [holder |
	count(networks) > 0
	some holder in resource.of_types(["aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule"])
	count(holder.links) > 0
]
