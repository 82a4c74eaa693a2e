# METADATA
# scope: package
# title: Whoever makes roles or users gives them a boundary
# description: >-
#   The right to make roles is the right to make an administrator, unless what is made is held by a permissions boundary.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# custom:
#   id: WL-AWS-IAM-024
#   remedy: |-
#     In Terraform:
#       Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
#     In CloudFormation: Condition with iam:PermissionsBoundary.
#   severity: low
#   category: Identity and Access Management
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.boundary

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": sprintf("%s without a boundary", [action])} if {
	some held in iam.identity_statements
	some action in ["iam:CreateRole", "iam:CreateUser"]
	names(held.statement, action)
	not iam.has_condition(held.statement, "iam:PermissionsBoundary")
}

names(statement, action) if {
	some written in statement.actions
	is_string(written)
	startswith(lower(written), "iam:create")
	iam.matches(written, action)
}
