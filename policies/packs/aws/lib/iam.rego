# IAM policy documents as the scanner normalises them: lists of statements, every field a list.
# A statement is {sid, effect, actions, not_actions, resources, not_resources, principals, not_principals, conditions};
# what is not written is absent, what is not known is null or an empty document. No function takes the unknown for `*`.
package wayleave.lib.iam

# Every document of these resource types: address, path and document. What a resource takes from a data source
# `aws_iam_policy_document` is its own document.
documents(kinds) := written_documents(kinds) | linked_documents(kinds)

written_documents(kinds) := {{"address": holder.address, "path": path, "document": document} |
	some kind in kinds
	some holder in input.resources[kind]
	some path, document in holder.documents
}

linked_documents(kinds) := {{"address": holder.address, "path": path, "document": document} |
	some kind in kinds
	some holder in input.resources[kind]
	some path, addresses in holder.links
	not holder.documents[path]
	some address in addresses
	document := data_documents[address]
}

# The documents of data sources, by address.
data_documents := object.union_n([{source.address: {"statements": [statement_of(block) | some block in source.values.statement]}} |
	some source in input.data.aws_iam_policy_document
])

statement_of(block) := object.union_n([
	{"effect": object.get(block, "effect", "Allow"), "conditions": conditions_of(block)},
	{to: block[to] | some to in ["sid", "actions", "not_actions", "resources", "not_resources"]; block[to] != []},
	{to: principals_of(block[to]) | some to in ["principals", "not_principals"]; count(block[to]) > 0},
])

# Several blocks of one type stand for all that they name.
principals_of(blocks) := {kind: [name | some other in blocks; other.type == kind; some name in listed(object.get(other, "identifiers", []))] |
	some block in blocks
	kind := block.type
}

conditions_of(block) := {test: {key: tested_values(block, test, key) |
	some other in block.condition
	other.test == test
	key := other.variable
} |
	some written in block.condition
	test := written.test
}

tested_values(block, test, key) := [value |
	some condition in block.condition
	condition.test == test
	condition.variable == key
	some value in listed(object.get(condition, "values", []))
]

# A value that may be written alone or as a list, as a list.
listed(written) := written if is_array(written)

listed(written) := [written] if not is_array(written)

# Every statement of these resource types: address, path and statement.
statements(kinds) := {{"address": holder.address, "path": holder.path, "statement": statement} |
	some holder in documents(kinds)
	some statement in holder.document.statements
}

# Types whose documents say what somebody may do.
identity_kinds := [
	"aws_iam_policy", "aws_iam_role", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy",
	"aws_ssoadmin_permission_set_inline_policy",
]

# The documents that say what somebody may do, and their statements that allow.
identity_documents := {object.union(holder, {"document": {"statements": [indexed(statement) | some statement in holder.document.statements]}}) |
	some holder in documents(identity_kinds)
	holder.path != "assume_role_policy"
}

# A statement that `covers_action` can ask quickly: its actions in small letters, and those with wildcards as one pattern with the
# services that it can be about.
indexed(statement) := object.union(statement, {"exact": names, "wild": any_of(names), "services": services}) if {
	names := {lower(action) | some action in statement.actions; is_string(action)}
	services := {service(name) | some name in names; is_wild(name); name != "*"}
}

any_of(names) := sprintf("^(?:%s)$", [concat("|", [as_regex(name) | some name in names; is_wild(name); trim(name, letters) == ""])])

# What names of actions are made of. A name of anything else matches nothing.
letters := "abcdefghijklmnopqrstuvwxyz0123456789:*?_-"

as_regex(name) := replace(replace(name, "*", ".*"), "?", ".")

identity_statements := {{"address": holder.address, "path": holder.path, "statement": statement} |
	some holder in identity_documents
	some statement in holder.document.statements
	allows(statement)
}

# The statements of trust policies that allow: who may become the role.
trust_statements := {held |
	some held in statements(["aws_iam_role"])
	held.path == "assume_role_policy"
	allows(held.statement)
}

# It is known what the statement does; of one that is not, nothing else is known for sure either.
is_told(statement) if is_string(statement.effect)

allows(statement) if lower(statement.effect) == "allow"

denies(statement) if lower(statement.effect) == "deny"

# A principal that is everybody.
is_open(statement) if "*" in statement.principals.AWS

is_open(statement) if "*" in statement.principals["*"]

# Everybody but some is everybody, too.
is_open(statement) if count(statement.not_principals) > 0

# Condition keys that keep everybody out but those meant.
# See https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
narrowing_keys := {
	"aws:principalaccount", "aws:principalarn", "aws:principalisawsservice", "aws:principalorgid", "aws:principalorgpaths",
	"aws:sourceaccount", "aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner",
	"aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce", "aws:userid", "aws:vpceaccount", "aws:vpceorgid",
	"elasticfilesystem:accessedviamounttarget", "kms:calleraccount", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
}

# A condition lets in only those meant: one of the keys above, in a test that is not negated, not of all there is.
is_narrowed(statement) if {
	some operator, keys in statement.conditions
	not excludes(operator)
	some key, values in keys
	lower(key) in narrowing_keys
	not everything(values)
}

# A condition that is not known may narrow.
is_narrowed(statement) if statement.conditions.unknown

# `StringNotEquals` lets in everybody else; `…IfExists` lets in whoever has no such key; `Null` says nothing of the value.
excludes(operator) if contains(lower(operator), "not")

excludes(operator) if endswith(lower(operator), "ifexists")

excludes(operator) if lower(operator) == "null"

everything(values) if {
	some value in listed(values)
	value in {"*", "0.0.0.0/0", "::/0", "arn:*", "arn:aws:*"}
}

# Open to everybody, without a condition that says who.
is_public(statement) if {
	allows(statement)
	is_open(statement)
	not is_narrowed(statement)
}

# The statement holds only under conditions, known or not.
is_conditional(statement) if count(statement.conditions) > 0

# The values of a condition key, whatever the operator; keys are compared without case.
condition_values(statement, key) := {value |
	some _, keys in statement.conditions
	some written, values in keys
	lower(written) == lower(key)
	some value in listed(values)
}

# The statement has a condition on the key, or may have.
has_condition(statement, key) if {
	some _, keys in statement.conditions
	some written, _ in keys
	lower(written) == lower(key)
}

has_condition(statement, _) if statement.conditions.unknown

# Principals of a kind: AWS, Service, Federated, CanonicalUser.
principals(statement, kind) := {name |
	some written, names in statement.principals
	lower(written) == lower(kind)
	some name in names
	is_string(name)
}

# The accounts that a statement names, as twelve digits; an unknown account is not among them.
accounts(statement) := {account | some name in principals(statement, "AWS"); account := account_of(name)}

account_of(name) := name if {
	is_account(name)
} else := account if {
	startswith(name, "arn:")
	account := split(name, ":")[4]
	is_account(account)
}

is_account(name) if {
	count(name) == 12
	trim(name, "0123456789") == ""
}

# The principal is a whole account: everybody whom that account lets.
is_whole_account(name) if is_account(name)

is_whole_account(name) if {
	endswith(name, ":root")
	regex.match(`^arn:[^:]+:iam::[0-9]{12}:root$`, name)
}

# IAM's `*` and `?`, without case. See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
matches(pattern, text) if lower(pattern) == lower(text)

matches(pattern, text) if {
	is_wild(pattern)
	glob.match(lower(pattern), null, lower(text))
}

is_wild(pattern) if contains(pattern, "*")

is_wild(pattern) if contains(pattern, "?")

# The statement is about the action.
covers_action(statement, action) if lower(action) in statement.exact

covers_action(statement, _) if "*" in statement.exact

covers_action(statement, action) if {
	not "*" in statement.exact
	may_be_about(statement.services, service(action))
	regex.match(statement.wild, lower(action))
}

covers_action(statement, action) if {
	not statement.exact
	some pattern in statement.actions
	is_string(pattern)
	matches(pattern, action)
}

covers_action(statement, action) if {
	count(statement.not_actions) > 0
	every pattern in statement.not_actions {
		not is_same_action(pattern, action)
	}
}

may_be_about(services, name) if name in services

may_be_about(services, name) if {
	not name in services
	some prefix in services
	is_wild(prefix)
}

# What is unknown may be the action.
is_same_action(pattern, action) if matches(pattern, action)

is_same_action(pattern, _) if not is_string(pattern)

# The first statement is about every action of the second.
covers_actions(wider, statement) if {
	every action in statement.actions {
		covers_action(wider, action)
	}
	not statement.not_actions
}

# The statement is about every resource there is.
covers_everything(statement) if {
	some pattern in statement.resources
	pattern in {"*", "arn:*", "arn:aws:*", "arn:*:*", "*:*"}
}

covers_everything(statement) if count(statement.not_resources) > 0

# The statement allows the action on every resource, always.
grants(statement, action) if {
	is_unbounded(statement)
	covers_action(statement, action)
}

# What the statement allows, it allows on every resource, always.
is_unbounded(statement) if {
	allows(statement)
	covers_everything(statement)
	not is_conditional(statement)
}

# What is allowed on every resource, always, but for whole services: they are another rule's matter.
unbounded_statements := {held |
	some held in identity_statements
	is_unbounded(held.statement)
	count(whole_services(held.statement)) == 0
	not held.statement.not_actions
}

# The actions, as written, that allow all of a service: `s3:*`, or everything: `*`.
whole_services(statement) := {action |
	some action in statement.actions
	is_string(action)
	is_whole_service(action)
}

is_whole_service(action) if action in {"*", "*:*"}

is_whole_service(action) if {
	endswith(action, ":*")
	action != ":*"
	trim(trim_suffix(lower(action), ":*"), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

# The service's prefix of an action: s3 of s3:GetObject.
service(action) := lower(split(action, ":")[0])

# What a statement allows, for messages.
actions_text(statement) := concat(", ", [action | some action in statement.actions; is_string(action)]) if {
	count(statement.actions) > 0
} else := "nearly every action" if not statement.actions

# Sets of actions that together let somebody become more than they are, in small letters, by what they do.
# See https://docs.aws.amazon.com/prescriptive-guidance/latest/patterns/identify-and-remediate-iam-privilege-escalation.html
escalations := {
	"writes a new version of a policy": {"iam:createpolicyversion"},
	"brings back an old version of a policy": {"iam:setdefaultpolicyversion"},
	"attaches policies to users": {"iam:attachuserpolicy"},
	"attaches policies to groups": {"iam:attachgrouppolicy"},
	"attaches policies to roles": {"iam:attachrolepolicy"},
	"writes policies of users": {"iam:putuserpolicy"},
	"writes policies of groups": {"iam:putgrouppolicy"},
	"writes policies of roles": {"iam:putrolepolicy"},
	"adds users to groups": {"iam:addusertogroup"},
	"makes access keys of others": {"iam:createaccesskey"},
	"sets passwords of others": {"iam:createloginprofile"},
	"changes passwords of others": {"iam:updateloginprofile"},
	"changes who may become a role": {"iam:updateassumerolepolicy"},
	"removes permissions boundaries of users": {"iam:deleteuserpermissionsboundary"},
	"removes permissions boundaries of roles": {"iam:deleterolepermissionsboundary"},
	"passes any role to an instance": {"iam:passrole", "ec2:runinstances"},
	"passes any role to a function": {"iam:passrole", "lambda:createfunction", "lambda:invokefunction"},
	"passes any role to a function with an event source": {"iam:passrole", "lambda:createfunction", "lambda:createeventsourcemapping"},
	"rewrites functions, with the roles that they have": {"lambda:updatefunctioncode"},
	"passes any role to a stack": {"iam:passrole", "cloudformation:createstack"},
	"passes any role to a Glue endpoint": {"iam:passrole", "glue:createdevendpoint"},
	"passes any role to a data pipeline": {"iam:passrole", "datapipeline:createpipeline", "datapipeline:putpipelinedefinition"},
	"passes any role to a task": {"iam:passrole", "ecs:runtask", "ecs:registertaskdefinition"},
	"passes any role to a build": {"iam:passrole", "codebuild:createproject", "codebuild:startbuild"},
	"passes any role to a notebook": {"iam:passrole", "sagemaker:createnotebookinstance", "sagemaker:createpresignednotebookinstanceurl"},
}

# All these actions, as `covered` takes them.
escalating := {action: action | some actions in escalations; some action in actions}

# Ways by which a document lets its holder become more, through what it allows on every resource.
escalates(document) := {way |
	allowed := {action |
		some statement in document.statements
		is_unbounded(statement)
		some action in covered(statement, escalating)
	}
	count(allowed) > 0
	some way, actions in escalations
	every action in actions {
		action in allowed
	}
}

# Those of the actions that a statement covers. They are given by name in small letters, as they are to be told. Most statements name
# their own, so that few are looked at one by one.
covered(statement, actions) := {told | some action, told in actions; covers_action(statement, action)} if is_broad(statement)

covered(statement, actions) := {actions[name] | some name in statement.exact} | {told |
	count(statement.services) > 0
	some action, told in actions
	may_be_about(statement.services, split(action, ":")[0])
	regex.match(statement.wild, action)
} if {
	not is_broad(statement)
}

is_broad(statement) if not statement.exact

is_broad(statement) if "*" in statement.exact

is_broad(statement) if count(statement.not_actions) > 0

# What a document allows, in parts that can be compared: [principal, action, resource, conditions], each as text.
parts(document) := parts_of("allow", document)

# The same of what it denies.
denied_parts(document) := parts_of("deny", document)

parts_of(effect, document) := {[who, lower(what), thing, json.marshal(statement.conditions)] |
	some statement in document.statements
	lower(statement.effect) == effect
	some who in holders(statement)
	some what in named(statement, "actions", "not_actions", "actions")
	some thing in named(statement, "resources", "not_resources", "resources")
}

# Who may do it; a document of an identity names nobody.
holders(statement) := {concat(":", [kind, name]) |
	some kind, names in statement.principals
	some name in names
	is_string(name)
} if {
	statement.principals
} else := {"everybody but some"} if {
	statement.not_principals
} else := {"the holder"}

# The names in a list of the statement, all but those of its opposite, or none where the document needs none.
named(statement, list, opposite, what) := {name | some name in statement[list]; is_string(name)} if {
	statement[list]
} else := {sprintf("all %s but some", [what])} if {
	statement[opposite]
} else := {"itself"}

# The first part allows all that the second one does.
covers_part(wider, part) if {
	wider[0] in {part[0], "AWS:*", "*:*"}
	covers_name(wider[1], part[1])
	covers_name(wider[2], part[2])
	wider[3] in {part[3], "{}"}
}

covers_name(wider, name) if wider == name

covers_name(wider, name) if {
	is_wild(wider)
	not contains(wider, "${")
	glob.match(glob_of(wider), null, name)
}

# IAM knows `*` and `?` only.
glob_of(pattern) := regex.replace(pattern, `[\[\]{}]`, `\$0`)
