# Rules of security groups and network ACLs in all their forms: inline, and as resources of every generation, in one shape:
# {address, path, cidrs, prefix_lists, groups, protocol, from_port, to_port, description}, and for ACLs action and number.
# Protocols are the names tcp, udp, icmp, icmpv6, all, or the number as text; ports are numbers, absent where unknown.
package wayleave.lib.network

# The rules of security groups that let in, and that let out.
ingress := rules("ingress")

egress := rules("egress")

# direction: ingress or egress.
rules(direction) := (inline(direction) | separate(direction)) | newer(direction)

inline(direction) := {rule |
	some kind in ["aws_security_group", "aws_default_security_group"]
	some group in input.resources[kind]
	some rule in rules_of(kind, direction, group.address, group.values)
}

separate(direction) := {rule |
	some resource in input.resources.aws_security_group_rule
	some rule in rules_of("aws_security_group_rule", direction, resource.address, resource.values)
}

newer(direction) := {rule |
	kind := sprintf("aws_vpc_security_group_%s_rule", [direction])
	some resource in input.resources[kind]
	some rule in rules_of(kind, direction, resource.address, resource.values)
}

# The rules that are written in one resource's values.
rules_of(kind, direction, address, values) := {rule |
	some index, written in values[direction]
	rule := older(address, sprintf("%s.%d", [direction, index]), written)
} if {
	kind in {"aws_security_group", "aws_default_security_group"}
} else := {rule |
	values.type == direction
	rule := older(address, "", values)
} if {
	kind == "aws_security_group_rule"
} else := {rule} if {
	kind == sprintf("aws_vpc_security_group_%s_rule", [direction])
	rule := object.union(ports(values), {
		"address": address,
		"path": "",
		"cidrs": {cidr | some key in ["cidr_ipv4", "cidr_ipv6"]; cidr := values[key]; is_string(cidr)},
		"prefix_lists": {list | list := values.prefix_list_id},
		"groups": {group | group := values.referenced_security_group_id},
		"protocol": protocol(object.get(values, "ip_protocol", null)),
		"description": object.get(values, "description", ""),
	})
}

older(address, path, written) := object.union(ports(written), {
	"address": address,
	"path": path,
	"cidrs": {cidr | some key in ["cidr_blocks", "ipv6_cidr_blocks"]; some cidr in written[key]; is_string(cidr)},
	"prefix_lists": {list | some list in written.prefix_list_ids},
	"groups": {group | some group in written.security_groups} | {group | group := written.source_security_group_id},
	"protocol": protocol(object.get(written, "protocol", null)),
	"description": object.get(written, "description", ""),
})

# The rules of network ACLs, by direction; `action` is allow or deny.
acl_rules(direction) := inline_acl(direction) | separate_acl(direction)

inline_acl(direction) := {rule |
	some kind in ["aws_network_acl", "aws_default_network_acl"]
	some acl in input.resources[kind]
	some index, written in acl.values[direction]
	rule := acl_rule(acl.address, sprintf("%s.%d", [direction, index]), written, written.action, object.get(written, "rule_no", 0))
}

separate_acl(direction) := {rule |
	some resource in input.resources.aws_network_acl_rule
	direction == side(resource.values)
	values := resource.values
	rule := acl_rule(resource.address, "", values, values.rule_action, object.get(values, "rule_number", 0))
}

side(values) := "egress" if {
	object.get(values, "egress", false) in {true, "true"}
} else := "ingress"

acl_rule(address, path, written, action, number) := object.union(ports(written), {
	"address": address,
	"path": path,
	"action": lower(action),
	"number": number,
	"cidrs": {cidr | some key in ["cidr_block", "ipv6_cidr_block"]; cidr := written[key]; is_string(cidr)},
	"protocol": protocol(object.get(written, "protocol", null)),
})

# The ports that are known, as numbers.
ports(written) := {key: number |
	some key in ["from_port", "to_port"]
	number := to_number(written[key])
}

# A protocol by its usual name; undefined values are "".
protocol(written) := object.get(protocol_names, text, text) if text := lower(sprintf("%v", [written]))

protocol_names := {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "null": "", "<nil>": ""}

# The whole internet, or half of it.
is_world(cidr) if split(cidr, "/")[1] in {"0", "1"}

# The parts of the internet, or all of it, that a rule is open to.
world(rule) := {cidr | some cidr in rule.cidrs; is_world(cidr)}

# Addresses of networks that are not reached over the internet.
private_ranges := {
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
	"fc00::/7", "fe80::/10", "::1/128",
}

is_private(cidr) if {
	some range in private_ranges
	same_family(range, cidr)
	net.cidr_contains(range, cidr)
}

# Addresses of the internet, though perhaps not all of them.
is_public(cidr) if {
	net.cidr_is_valid(cidr)
	not is_private(cidr)
}

same_family(one, other) if contains(one, ":") == contains(other, ":")

covers_every_port(rule) if rule.protocol in {"-1", "all"}

covers_every_port(rule) if {
	rule.from_port <= 1
	rule.to_port >= 65535
}

# The rule lets through the port of TCP.
covers(rule, port) if covers_of(rule, port, "tcp")

# The rule lets through the port of a protocol: tcp or udp.
covers_of(rule, _, _) if rule.protocol in {"-1", "all"}

covers_of(rule, port, name) if {
	rule.protocol == name
	rule.from_port <= port
	rule.to_port >= port
}

# The first rule lets through all that the second one does, of its addresses.
covers_rule(wider, rule) if {
	wider.protocol in {"all", rule.protocol}
	covers_ports(wider, rule)
}

covers_ports(wider, _) if covers_every_port(wider)

covers_ports(wider, rule) if {
	wider.from_port <= rule.from_port
	wider.to_port >= rule.to_port
}

# The ports of a rule, for messages: `every port`, `port 22`, `ports 20-25`.
ports_text(rule) := "every port" if covers_every_port(rule)

ports_text(rule) := sprintf("port %d", [rule.from_port]) if {
	not covers_every_port(rule)
	rule.from_port == rule.to_port
}

ports_text(rule) := sprintf("ports %d-%d", [rule.from_port, rule.to_port]) if {
	not covers_every_port(rule)
	rule.from_port != rule.to_port
}
