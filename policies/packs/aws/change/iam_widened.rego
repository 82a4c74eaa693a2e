# METADATA
# scope: package
# title: A change does not widen who may do what
# description: >-
#   An action, a resource or a principal is added to a policy, or a condition is taken from it. Small steps of this kind are how
#   narrow roles become wide ones, and they are easily overlooked in a long document.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: WL-AWS-CHANGE-009
#   remedy: |-
#     Check that what is added is needed, and name it as narrowly as it can be:
#       actions   = ["s3:GetObject"]
#       resources = ["${aws_s3_bucket.logs.arn}/*"]
#   severity: medium
#   category: Identity and Access Management
#   engines: [terraform]
package wayleave.aws.change.iam_widened

import data.wayleave.lib.change
import data.wayleave.lib.iam

# So many parts are told of one change.
shown := 3

deny contains {"address": altered.address, "message": message, "severity": severity(added)} if {
	some kind, _ in input.changes
	some altered in change.altered([kind])
	added := {part | some part in change.widened(altered); not is_trust(altered, part)}
	count(added) > 0
	message := sprintf("the change allows more: %s", [summary(added)])
}

deny contains {"address": made.address, "message": message, "severity": severity(parts)} if {
	some kind, attribute in holders
	some made in change.created([kind])
	not is_object(made.before)
	is_old_holder(attribute, made)
	parts := change.widened(made)
	count(parts) > 0
	message := sprintf("the change allows %s more: %s", [made.after[attribute], summary(parts)])
}

deny contains {"address": made.address, "message": message} if {
	some kind, attribute in attachments
	some made in change.created([kind])
	not is_object(made.before)
	is_old_holder(attribute, made)
	message := sprintf("the change gives %s the policy %s", [made.after[attribute], object.get(made.after, "policy_arn", "that it makes")])
}

# What gives a role, user or group a policy, with the attribute that names it.
holders := {"aws_iam_role_policy": "role", "aws_iam_user_policy": "user", "aws_iam_group_policy": "group"}

attachments := {
	"aws_iam_role_policy_attachment": "role",
	"aws_iam_user_policy_attachment": "user",
	"aws_iam_group_policy_attachment": "group",
}

# What the same change makes had no rights before; a name that is not known is a new one's.
is_old_holder(attribute, made) if {
	name := made.after[attribute]
	not name in new_names(sprintf("aws_iam_%s", [attribute]))
}

new_names(kind) := {made.after.name | some made in change.created([kind])}

# Who is let in from outside is another rule's matter.
is_trust(altered, part) if {
	part[0] != "the holder"
	part[0] in {who | some who in change.newcomers(altered)}
}

severity(parts) := "high" if is_grave(parts)

severity(parts) := "medium" if not is_grave(parts)

is_grave(parts) if {
	some part in parts
	part[1] in {"*", "*:*", "iam:*", "sts:*", "kms:*", "organizations:*"}
	part[2] in {"*", "itself"}
}

is_grave(parts) if {
	some part in parts
	part[1] == "all actions but some"
	part[2] == "*"
}

summary(parts) := concat("; ", array.concat([text(part) | some part in first(parts)], rest(parts)))

first(parts) := array.slice([part | some part in parts], 0, shown)

rest(parts) := [sprintf("and %d more", [count(array.slice([part | some part in parts], shown, count(parts)))])] if count(parts) > shown

rest(parts) := [] if count(parts) <= shown

text(part) := sprintf("%s on %s", [part[1], part[2]]) if part[0] == "the holder"

text(part) := sprintf("%s on %s to %s", [part[1], part[2], part[0]]) if part[0] != "the holder"
