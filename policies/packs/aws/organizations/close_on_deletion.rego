# METADATA
# scope: package
# title: An account is not closed by a plan
# description: >-
#   With close_on_deletion, an account that leaves the configuration is closed, with everything in it.
# related_resources:
#   - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html
# custom:
#   id: WL-AWS-ORGANIZATIONS-003
#   remedy: |-
#     In Terraform:
#       close_on_deletion = false
#   severity: medium
#   category: Resilience
#   engines: [terraform]
package wayleave.aws.organizations.close_on_deletion

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the account is closed when it leaves the configuration"} if {
	some it in input.resources.aws_organizations_account
	resource.is_true_by_default(it, "close_on_deletion", false)
}
