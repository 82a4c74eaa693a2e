# IAM policy documents as the scanner normalises them: lists of statements, every field a list.
package wayleave.lib.iam

# Every document of these resource types: address, path and statements.
documents(kinds) := {{"address": resource.address, "path": path, "document": document} |
	some kind in kinds
	some resource in input.resources[kind]
	some path, document in resource.documents
}

allows(statement) if lower(statement.effect) == "allow"

# A principal that is everybody.
is_open(statement) if "*" in statement.principals.AWS

is_open(statement) if "*" in statement.principals["*"]

# Everybody but some is everybody, too.
is_open(statement) if count(statement.not_principals) > 0

# Condition keys that keep everybody out but those meant.
# See https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
narrowing_keys := {
	"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
	"aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:sourcevpc",
	"aws:sourcevpce", "aws:userid", "kms:calleraccount", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
}

is_narrowed(statement) if {
	some _, keys in statement.conditions
	some key, _ in keys
	lower(key) in narrowing_keys
}

# A condition that is not known may narrow.
is_narrowed(statement) if statement.conditions.unknown

# Open to everybody, without a condition that says who.
is_public(statement) if {
	allows(statement)
	is_open(statement)
	not is_narrowed(statement)
}

# What a statement allows, for messages.
actions_text(statement) := concat(", ", [action | some action in statement.actions; is_string(action)]) if {
	count(statement.actions) > 0
}

actions_text(statement) := "nearly every action" if not statement.actions
