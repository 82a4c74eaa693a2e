# Security group rules in all their forms: inline, and as resources of two generations.
package wayleave.lib.network

# The whole internet, or half of it.
is_world(cidr) if split(cidr, "/")[1] in {"0", "1"}

covers_every_port(rule) if rule.protocol in {"-1", "all"}

covers_every_port(rule) if {
	rule.from_port <= 1
	rule.to_port >= 65535
}

covers(rule, _) if covers_every_port(rule)

covers(rule, port) if {
	rule.protocol in {"tcp", "TCP", "6"}
	rule.from_port <= port
	rule.to_port >= port
}

# direction: ingress or egress.
rules(direction) := (inline(direction) | separate(direction)) | newer(direction)

inline(direction) := {rule |
	some kind in ["aws_security_group", "aws_default_security_group"]
	some group in input.resources[kind]
	some written in group.values[direction]
	rule := older(group.address, written)
}

separate(direction) := {rule |
	some resource in input.resources.aws_security_group_rule
	resource.values.type == direction
	rule := older(resource.address, resource.values)
}

newer(direction) := {rule |
	some resource in input.resources[sprintf("aws_vpc_security_group_%s_rule", [direction])]
	values := resource.values
	rule := {
		"address": resource.address,
		"cidrs": {cidr | some key in ["cidr_ipv4", "cidr_ipv6"]; cidr := values[key]; is_string(cidr)},
		"protocol": object.get(values, "ip_protocol", null),
		"from_port": object.get(values, "from_port", null),
		"to_port": object.get(values, "to_port", null),
	}
}

older(address, written) := {
	"address": address,
	"cidrs": {cidr | some key in ["cidr_blocks", "ipv6_cidr_blocks"]; some cidr in written[key]; is_string(cidr)},
	"protocol": object.get(written, "protocol", null),
	"from_port": object.get(written, "from_port", null),
	"to_port": object.get(written, "to_port", null),
}
