# METADATA
# scope: package
# title: An organization has all features
# description: >-
#   With consolidated billing alone there are no guard rails: every account does what it likes.
# related_resources:
#   - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_support-all-features.html
# custom:
#   id: WL-AWS-ORGANIZATIONS-002
#   remedy: |-
#     In Terraform:
#       feature_set = "ALL"
#   severity: medium
#   category: Identity and Access Management
#   engines: [terraform]
package wayleave.aws.organizations.all_features

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_organizations_organization
	found := resource.value(it, "feature_set")
	found in {"CONSOLIDATED_BILLING"}
	message := sprintf("the organization has %s only", [found])
}
