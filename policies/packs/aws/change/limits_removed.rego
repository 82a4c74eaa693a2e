# METADATA
# scope: package
# title: A change removes no limit on rights
# description: >-
#   Service control policies, permissions boundaries and statements that deny hold even administrators. Without them, rights that were harmless are not.
# related_resources:
#   - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# custom:
#   id: WL-AWS-CHANGE-015
#   remedy: |-
#     Leave the limit in place, and add an exception that is as narrow as it can be:
#       condition { test = "ArnNotLike", variable = "aws:PrincipalArn", values = ["arn:aws:iam::*:role/break-glass"] }
#   severity: high
#   category: Identity and Access Management
#   engines: [terraform]
package wayleave.aws.change.limits_removed

import data.wayleave.lib.change
import data.wayleave.lib.iam

deny contains {"address": gone.address, "message": "the change takes the organization's policy away"} if {
	some gone in change.deleted(["aws_organizations_policy", "aws_organizations_policy_attachment"])
}

deny contains {"address": altered.address, "message": "the change takes the permissions boundary away"} if {
	some altered in change.altered(["aws_iam_role", "aws_iam_user"])
	change.removed(altered, "permissions_boundary")
}

deny contains {"address": gone.address, "message": "the change takes the permissions boundary away"} if {
	some gone in change.deleted(["aws_ssoadmin_permissions_boundary_attachment"])
}

deny contains {"address": altered.address, "message": "the change moves the account to another organizational unit, with other policies", "severity": "medium"} if {
	some altered in change.altered(["aws_organizations_account"])
	altered.before.parent_id != altered.after.parent_id
}

deny contains {"address": altered.address, "message": sprintf("the change stops denying %s on %s", [lost[1], lost[2]])} if {
	some kind, _ in input.changes
	some altered in change.altered([kind])
	some path, document in altered.before_documents
	after := altered.after_documents[path]
	some lost in iam.denied_parts(document)
	not is_denied(after, lost)
}

is_denied(document, lost) if {
	some wider in iam.denied_parts(document)
	iam.covers_part(wider, lost)
}
