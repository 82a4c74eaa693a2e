# METADATA
# scope: package
# title: A policy names what it allows, not what it does not
# description: >-
#   Allow with NotAction or NotResource allows everything else, also services and actions that do not exist yet.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
# custom:
#   id: WL-AWS-IAM-010
#   remedy: |-
#     Name the actions and resources, and deny exceptions in a statement of their own:
#       Effect = "Deny"
#       Action = "iam:*"
#     The same in CloudFormation.
#   severity: medium
#   category: Identity and Access Management
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.allow_all_but

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": sprintf("the policy allows every action but %s", [concat(", ", excepted)])} if {
	some held in iam.identity_statements
	excepted := [action | some action in held.statement.not_actions; is_string(action)]
	count(excepted) > 0
	not iam.is_conditional(held.statement)
}

deny contains {"address": held.address, "message": "the policy allows it on all resources but some"} if {
	some held in iam.identity_statements
	count(held.statement.not_resources) > 0
	not iam.is_conditional(held.statement)
}
