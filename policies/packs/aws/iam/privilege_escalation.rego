# METADATA
# scope: package
# title: A policy does not let its holder become more
# description: >-
#   Some actions, alone or together, let their holder take further rights: write policies, pass a strong role to a machine,
#   set the password of an administrator.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# custom:
#   id: WL-AWS-IAM-007
#   remedy: |-
#     Name the roles and policies that are meant, and hold what is made by a boundary:
#       Resource  = "arn:aws:iam::*:role/app-*"
#       Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
#     The same in CloudFormation.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_109", "CKV_AWS_110", "CKV_AWS_286", "CKV_AWS_289"]
#     terrascan: ["AC_AWS_0473", "AWS.AIRP.IAM.HIGH.0051"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.privilege_escalation

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": sprintf("the holder %s", [concat(", ", ways)])} if {
	some held in iam.identity_documents
	not allows_iam(held.document)
	ways := [way | some way in iam.escalates(held.document)]
	count(ways) > 0
}

# Whoever may do everything need not become more; other rules say so.
allows_iam(document) if {
	some statement in document.statements
	iam.grants(statement, "iam:CreateUser")
	some action in statement.actions
	action in {"*", "*:*", "iam:*"}
}

allows_iam(document) if {
	some statement in document.statements
	iam.grants(statement, "iam:CreateUser")
	statement.not_actions
}
