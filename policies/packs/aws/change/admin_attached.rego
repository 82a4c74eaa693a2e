# METADATA
# scope: package
# title: A change makes nobody an administrator
# description: >-
#   Whoever gets hold of what is given these rights owns the account. It should happen seldom, and never by the way.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: WL-AWS-CHANGE-011
#   remedy: |-
#     Attach a policy that allows what is needed:
#       policy_arn = aws_iam_policy.deploy.arn
#   severity: high
#   category: Identity and Access Management
#   parameters:
#     policies:
#       description: Names of managed policies that make an administrator.
#       default: [AdministratorAccess, IAMFullAccess, AdministratorAccess-Amplify, AWSOrganizationsFullAccess]
#   engines: [terraform]
package wayleave.aws.change.admin_attached

import data.wayleave.lib.change
import data.wayleave.lib.iam

admin_policies := {name | some name in data.parameters["WL-AWS-CHANGE-011"].policies}

# Attributes that name managed policies.
attributes := {
	"aws_iam_group_policy_attachment": "policy_arn",
	"aws_iam_policy_attachment": "policy_arn",
	"aws_iam_role": "managed_policy_arns",
	"aws_iam_role_policy_attachment": "policy_arn",
	"aws_iam_role_policy_attachments_exclusive": "policy_arns",
	"aws_iam_user_policy_attachment": "policy_arn",
	"aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}

deny contains {"address": changed.address, "message": sprintf("the change attaches %s", [name])} if {
	some kind, attribute in attributes
	some changed in input.changes[kind]
	before := names(changed.before, attribute)
	some name in names(changed.after, attribute)
	not name in before
	name in admin_policies
}

deny contains {"address": changed.address, "message": "the change allows every action on every resource"} if {
	some kind in iam.identity_kinds
	some changed in input.changes[kind]
	allows_everything(changed.after_documents)
	not allows_everything(changed.before_documents)
}

names(side, attribute) := {name |
	some arn in iam.listed(side[attribute])
	is_string(arn)
	name := regex.replace(arn, `^.*/`, "")
}

allows_everything(documents) if {
	some path, document in documents
	path != "assume_role_policy"
	some statement in document.statements
	iam.grants(statement, "iam:CreateUser")
	some action in statement.actions
	action in {"*", "*:*"}
}
