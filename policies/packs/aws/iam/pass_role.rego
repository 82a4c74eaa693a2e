# METADATA
# scope: package
# title: Only roles that are meant can be passed to services
# description: >-
#   Whoever may pass every role to a service can have the service do whatever the strongest of them may.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
# custom:
#   id: WL-AWS-IAM-008
#   remedy: |-
#     Name the role, and the service that gets it:
#       Resource  = aws_iam_role.task.arn
#       Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
#     The same in CloudFormation.
#   severity: medium
#   category: Identity and Access Management
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.pass_role

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": "every role can be passed"} if {
	some held in iam.identity_statements
	names_pass_role(held.statement)
	iam.covers_everything(held.statement)
	not iam.is_conditional(held.statement)
}

names_pass_role(statement) if {
	some action in statement.actions
	is_string(action)
	lower(action) in {"iam:passrole", "iam:pass*"}
}
