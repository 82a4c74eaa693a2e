# METADATA
# scope: package
# title: A service control policy forbids something
# description: >-
#   A policy that allows everything and forbids nothing is FullAWSAccess under another name, and looks like a
#   guard rail.
# related_resources:
#   - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
# custom:
#   id: WL-AWS-ORGANIZATIONS-001
#   remedy: |-
#     In Terraform:
#       Statement = [{ Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }]
#     In CloudFormation:
#       Statement: [{Effect: Deny, Action: organizations:LeaveOrganization, Resource: "*"}]
#   severity: low
#   category: Identity and Access Management
#   engines: [terraform, cloudformation]
package wayleave.aws.organizations.scp_denies

import data.wayleave.lib.iam
import data.wayleave.lib.resource

deny contains {"address": policy.address, "message": "the policy allows every action and forbids none"} if {
	some policy in input.resources.aws_organizations_policy
	resource.value_or_default(policy, "type", "SERVICE_CONTROL_POLICY") == "SERVICE_CONTROL_POLICY"
	document := policy.documents.content
	some statement in document.statements
	iam.allows(statement)
	"*" in statement.actions
	every other in document.statements {
		not iam.denies(other)
	}
}
