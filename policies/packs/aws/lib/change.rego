# What a plan changes: before and after, side by side. Only Terraform plans say so; for other inputs all of this is empty.
# What is not known after the change is neither turned off nor taken away.
package wayleave.lib.change

import data.wayleave.lib.iam
import data.wayleave.lib.resource

# The changes of these types that keep a resource, perhaps as a new one.
altered(kinds) := [change |
	some kind in kinds
	some change in input.changes[kind]
	is_object(change.before)
	is_object(change.after)
	not "no-op" in change.actions
]

# The changes of these types that delete a resource for good.
deleted(kinds) := [change |
	some kind in kinds
	some change in input.changes[kind]
	is_deletion(change)
]

# The changes of these types that make a resource, or make it anew.
created(kinds) := [change |
	some kind in kinds
	some change in input.changes[kind]
	"create" in change.actions
]

# Deleted, and not replaced.
is_deletion(change) if {
	"delete" in change.actions
	not "create" in change.actions
}

# The two sides, for the functions of the library of resources.
was(change) := {"values": change.before, "unknown": []}

becomes(change) := {"values": change.after, "unknown": change.unknown}

# A flag was true, and is not any more.
turned_off(change, path) if {
	resource.is_true(resource.value(was(change), path))
	resource.is_off(becomes(change), path)
}

# A flag was not true, and now is.
turned_on(change, path) if {
	resource.is_true(resource.value(becomes(change), path))
	resource.is_off(was(change), path)
}

# Something stood there, and nothing does any more.
removed(change, path) if {
	resource.is_set(was(change), path)
	resource.is_missing(becomes(change), path)
}

# A value was one of these, and is none of them any more.
left(change, path, values) if {
	resource.value(was(change), path) in values
	not stays(change, path, values)
}

stays(change, path, values) if resource.value(becomes(change), path) in values

stays(change, path, _) if resource.is_unknown(becomes(change), path)

# A value became one of these, the one given, and was none of them.
arrived(change, path, values, value) if {
	resource.value(becomes(change), path) == value
	not had_any(change, path, values)
}

had_any(change, path, values) if resource.value(was(change), path) in values

# A value was this one.
had(change, path, value) if resource.value(was(change), path) == value

# A number became smaller; one that is not written is 0.
reduced(change, path) if {
	resource.number_or_default(was(change), path, 0) > resource.number_or_default(becomes(change), path, 0)
}

# A resource that belongs to another goes with it: the other one is deleted, too. `attribute` names the owner.
goes_with(change, kind, attribute) if {
	some owner in deleted([kind])
	some key in ["id", "bucket", "name", "arn"]
	owner.before[key] == change.before[attribute]
}

# Elements of a list after the change that were not in it before.
added(change, path) := {item |
	before := value_or_empty(was(change), path)
	some item in resource.value(becomes(change), path)
	not item in before
}

value_or_empty(side, path) := resource.value_or_default(side, path, [])

# What the documents of a change allow that the documents before did not: parts as the library of IAM makes them.
# A document that is not known afterwards allows nothing new; one that was not known before allowed everything.
widened(change) := {part |
	some path, document in change.after_documents
	not is_unknown_before(change, path)
	some part in iam.parts(document)
	not allowed_before(change, part)
}

allowed_before(change, part) if {
	some document in change.before_documents
	some wider in iam.parts(document)
	iam.covers_part(wider, part)
}

# The resource was there, and what it allowed was kept secret.
is_unknown_before(change, path) if {
	is_object(change.before)
	not change.before_documents[path]
	resource.is_unknown({"unknown": change.unknown}, path)
}

# Those whom the change lets in, or in further than before, as the library of IAM names them: `AWS:arn:…`, `Federated:…`.
newcomers(change) := {part[0] | some part in let_in(change)}

# What they may do, as parts.
let_in(change) := {part |
	some part in widened(change)
	part[0] != "the holder"
	not part[0] in holders_before(change)
}

holders_before(change) := {part[0] |
	some document in change.before_documents
	some part in iam.parts(document)
}

# The accounts that are surely ours: those of resources that were there before.
own_accounts := {account |
	some kind, _ in input.changes
	some changed in input.changes[kind]
	account := iam.account_of(changed.before.arn)
}
