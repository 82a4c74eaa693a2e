# METADATA
# scope: package
# title: A change opens no new path from the internet
# description: >-
#   A rule or a route that is added connects a network with the internet. It may be meant, for example for a website; then somebody should say so.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html
# custom:
#   id: WL-AWS-CHANGE-008
#   remedy: |-
#     Let in only those meant:
#       cidr_ipv4 = "10.0.0.0/8"
#     and send traffic out through a NAT gateway or an endpoint:
#       nat_gateway_id = aws_nat_gateway.main.id
#   severity: medium
#   category: Infrastructure Security
#   parameters:
#     usual_ports:
#       description: Ports of TCP that are open to the internet in the usual course of things; opening them is of severity low.
#       default: [80, 443]
#   engines: [terraform]
package wayleave.aws.change.network_path_opened

import data.wayleave.lib.change
import data.wayleave.lib.network

parameters := data.parameters["WL-AWS-CHANGE-008"]

kinds := [
	"aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule",
]

# The rules that were there before, in whatever form.
before := [{"group": group(kind, changed.before), "rule": rule} |
	some kind in kinds
	some changed in input.changes[kind]
	is_object(changed.before)
	some rule in network.rules_of(kind, "ingress", changed.address, changed.before)
]

deny contains {"address": changed.address, "message": message, "severity": severity(rule)} if {
	some kind in kinds
	some changed in input.changes[kind]
	is_object(changed.after)
	some rule in network.rules_of(kind, "ingress", changed.address, changed.after)
	some cidr in network.world(rule)
	not was_open(group(kind, changed.after), rule, cidr)
	message := sprintf("the change lets %s in on %s", [cidr, network.ports_text(rule)])
}

# An ACL is open to the internet as it is made by AWS: only a rule that is added to one is a change.
deny contains {"address": changed.address, "message": message} if {
	some changed in change.created(["aws_network_acl_rule"])
	values := changed.after
	lower(values.rule_action) == "allow"
	not values.egress
	rule := network.acl_rule(changed.address, "", values, values.rule_action, 0)
	some cidr in network.world(rule)
	message := sprintf("the change lets %s through on %s", [cidr, network.ports_text(rule)])
}

deny contains {"address": changed.address, "message": sprintf("the change sends %s to an internet gateway", [destination])} if {
	some changed in change.created(["aws_route"])
	some destination in destinations(changed.after)
	leads_out(changed.address, "gateway_id", changed.after)
	not changed.before.gateway_id == changed.after.gateway_id
}

deny contains {"address": changed.address, "message": sprintf("the change sends %s to an internet gateway", [destination])} if {
	some changed in change.altered(["aws_route_table", "aws_default_route_table"])
	some route in change.added(changed, "route")
	some destination in destinations(route)
	startswith(route.gateway_id, "igw-")
}

group(kind, values) := object.get(values, attribute, values) if attribute := {
	"aws_security_group": "id",
	"aws_default_security_group": "id",
	"aws_security_group_rule": "security_group_id",
	"aws_vpc_security_group_ingress_rule": "security_group_id",
}[kind]

was_open(holder, rule, cidr) if {
	some earlier in before
	earlier.group == holder
	cidr in earlier.rule.cidrs
	network.covers_rule(earlier.rule, rule)
}

severity(rule) := "high" if {
	network.covers_every_port(rule)
} else := "low" if {
	is_usual(rule)
} else := "medium"

is_usual(rule) if {
	rule.protocol == "tcp"
	rule.from_port == rule.to_port
	rule.from_port in parameters.usual_ports
}

destinations(values) := {cidr |
	some key in ["destination_cidr_block", "destination_ipv6_cidr_block", "cidr_block", "ipv6_cidr_block"]
	cidr := values[key]
	network.is_world(cidr)
}

leads_out(_, attribute, values) if startswith(values[attribute], "igw-")

# A gateway that the same change makes.
leads_out(address, attribute, _) if {
	some route in input.resources.aws_route
	route.address == address
	some gateway in route.links[attribute]
	contains(gateway, "aws_internet_gateway.")
}
