# Questions that most rules ask of a resource. A path is dotted, with numbers for the elements of lists:
# `versioning.0.enabled`. All of them hold to one promise: what cannot be known is neither there nor missing.
package wayleave.lib.resource

# What stands at the path, what holds it or a part of it is known only after the apply, or is secret.
# An empty path is hidden where a template's macro writes properties that are not at hand.
is_unknown(resource, path) if {
	# Most resources hide nothing of the kind: asked before what is hidden is looked at one by one.
	true in {strings.any_prefix_match(path, resource.unknown), strings.any_prefix_match(resource.unknown, path)}
	some hidden in resource.unknown
	true in {
		hidden == path, hidden == "",
		startswith(hidden, concat("", [path, "."])),
		startswith(path, concat("", [hidden, "."])),
	}
}

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
is_set(resource, path) if {
	found := value(resource, path)
	not found in [null, "", false, [], {}]
}

is_set(resource, path) if is_uncertain(resource, path)

# The path has no value, and will have none: not written, empty, or null.
is_missing(resource, path) if {
	not has_value(resource, path)
	not is_uncertain(resource, path)
}

has_value(resource, path) if {
	found := value(resource, path)
	not found in ["", [], {}]
}

# What is known to stand at a path; undefined if nothing is.
value(resource, path) := found if {
	found := resource.values[path]
	found != null
} else := found if {
	contains(path, ".")
	found := object.get(resource.values, parts(path), null)
	found != null
}

# What stands at a path, or what the provider puts there; undefined if that cannot be known.
value_or_default(resource, path, default_value) := found if {
	found := value(resource, path)
} else := default_value if {
	not is_uncertain(resource, path)
}

# As `value_or_default`, as a number: "7" is 7.
number_or_default(resource, path, default_value) := to_number(value_or_default(resource, path, default_value))

# The path is known to be true (false), as written or as the provider's default says.
is_true_by_default(resource, path, default_value) if is_true(value_or_default(resource, path, default_value))

is_false_or_missing(resource, path, default_value) if is_false(value_or_default(resource, path, default_value))

# Something that must be true is not, and will not be: false, or missing where the default is false.
is_off(resource, path) if is_false(value_or_default(resource, path, false))

# Both engines take words for flags.
is_true(flag) if flag in {true, "true", "True", "TRUE"}

is_false(flag) if flag in {false, "false", "False", "FALSE"}

# The nested blocks of this name in a resource, or in a block of it; none if there is none.
blocks(holder, name) := as_list(object.get(fields(holder), name, []))

fields(holder) := holder.values if has_values(holder)

fields(holder) := holder if not has_values(holder)

has_values(holder) if is_object(holder.values)

as_list(written) := [item | some item in written; is_object(item)] if is_array(written)

as_list(written) := [written] if is_object(written)

as_list(written) := [] if {
	not is_array(written)
	not is_object(written)
}

# A value that may be written alone or as a list, as a list.
listed(written) := written if is_array(written)

listed(written) := [written] if {
	not is_array(written)
	written != null
}

# The path of parts: `["rule", 0, "enabled"]` is `rule.0.enabled`.
path_of(list) := concat(".", [sprintf("%v", [part]) | some part in list])

# The parts of a path; what is a number is the place in a list. Most places are the first one.
parts(path) := [path] if {
	not contains(path, ".")
} else := [object.get(first, part, part) | some part in split(path, ".")] if {
	not strings.any_prefix_match(split(path, "."), digits)
} else := [step(part) | some part in split(path, ".")]

first := {"0": 0}

digits := ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

step(part) := to_number(part) if {
	regex.match(`^[0-9]+$`, part)
} else := part

# All resources of these types.
of_types(kinds) := [resource | some kind in kinds; some resource in input.resources[kind]]

# The resources of a type that name this one in an attribute.
attached(resource, kind, attribute) := {child |
	some child in input.resources[kind]
	names(child, attribute, resource)
}

names(child, attribute, resource) if resource.address in child.links[attribute]

names(child, attribute, resource) if {
	name := child.values[attribute]
	some key in ["id", "arn", "bucket", "name"]
	resource.values[key] == name
}

# Some resource of the type names one that cannot be told; it may be any.
may_be_attached(kind, attribute) if {
	some child in input.resources[kind]
	is_unknown(child, attribute)
	not child.links[attribute]
}

# The addresses that a path, or what is below it, comes from.
links(resource, path) := {address |
	some at, addresses in resource.links
	is_at_or_below(at, path)
	some address in addresses
}

is_at_or_below(at, path) if at == path

is_at_or_below(at, path) if startswith(at, concat("", [path, "."]))
