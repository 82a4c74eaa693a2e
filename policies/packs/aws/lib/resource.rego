# Questions that most rules ask of a resource.
package wayleave.lib.resource

# What stands at the path, what holds it or a part of it is known only after the apply, or is secret.
is_unknown(resource, path) if path in resource.unknown

is_unknown(resource, path) if {
	some hidden in resource.unknown
	startswith(hidden, concat("", [path, "."]))
}

is_unknown(resource, path) if {
	some hidden in resource.unknown
	startswith(path, concat("", [hidden, "."]))
}

# A template's macro writes properties that are not at hand.
is_unknown(resource, _) if "" in resource.unknown

# The configuration is at hand and does not write the attribute, so that the provider's default counts.
is_left_out(resource, path) if {
	resource.written
	not split(path, ".")[0] in resource.written
}

# Nothing can be said about the path: a rule that misses something must stay silent.
is_uncertain(resource, path) if {
	is_unknown(resource, path)
	not is_left_out(resource, path)
}

# The attribute has a value, or will have one.
is_set(resource, attribute) if {
	not resource.values[attribute] in [null, "", false, []]
	resource.values[attribute]
}

is_set(resource, attribute) if is_uncertain(resource, attribute)

# The resources of a type that name this one in an attribute.
attached(resource, kind, attribute) := {child |
	some child in input.resources[kind]
	names(child, attribute, resource)
}

names(child, attribute, resource) if resource.address in child.links[attribute]

names(child, attribute, resource) if {
	some key in ["id", "arn", "bucket", "name"]
	child.values[attribute] == resource.values[key]
}

# Some resource of the type names one that cannot be told; it may be any.
may_be_attached(kind, attribute) if {
	some child in input.resources[kind]
	is_unknown(child, attribute)
	not child.links[attribute]
}
