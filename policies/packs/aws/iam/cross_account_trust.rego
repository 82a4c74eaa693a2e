# METADATA
# scope: package
# title: A role that another account may assume asks for more than its number
# description: >-
#   With the number of the account alone, everybody whom that account lets may assume the role; and a service provider that
#   serves many customers can be talked into using it for somebody else.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# custom:
#   id: WL-AWS-IAM-011
#   remedy: |-
#     Name the role, or ask for an external id:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/deployer" }
#       Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
#     The same in CloudFormation.
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_61"]
#   parameters:
#     trusted_accounts:
#       description: Accounts, as twelve digits, that are ours.
#       default: []
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.cross_account_trust

import data.wayleave.lib.iam

# Conditions on who somebody is, or what only the right one knows.
proofs := [
	"sts:ExternalId", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:MultiFactorAuthPresent",
	"aws:SourceIp", "aws:SourceIdentity", "sts:SourceIdentity", "aws:PrincipalTag/team",
]

deny contains {"address": held.address, "message": sprintf("everybody in %s may assume the role", [name])} if {
	some held in iam.trust_statements
	some name in iam.principals(held.statement, "AWS")
	iam.is_whole_account(name)
	not iam.account_of(name) in {account | some account in data.parameters["WL-AWS-IAM-011"].trusted_accounts}
	not is_proven(held.statement)
}

is_proven(statement) if {
	some key in proofs
	iam.has_condition(statement, key)
}

is_proven(statement) if {
	some _, keys in statement.conditions
	some key, _ in keys
	startswith(lower(key), "aws:principaltag/")
}
