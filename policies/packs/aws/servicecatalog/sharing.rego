# METADATA
# scope: package
# title: A portfolio is shared within the organization
# description: >-
#   What is shared with single accounts stays shared when an account leaves.
# related_resources:
#   - https://docs.aws.amazon.com/servicecatalog/latest/adminguide/catalogs_portfolios_sharing.html
# custom:
#   id: WL-AWS-SERVICECATALOG-001
#   remedy: |-
#     In Terraform:
#       principal_id = "arn:aws:organizations::111111111111:ou/o-abcdefghij/ou-abcd-01234567"
#       type         = "ORGANIZATIONAL_UNIT"
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["ServiceCatalog.1"]
#   engines: [terraform]
package wayleave.aws.servicecatalog.sharing

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the portfolio is shared with an account"} if {
	some it in input.resources.aws_servicecatalog_portfolio_share
	resource.value_or_default(it, "type", null) in {"ACCOUNT"}
}
