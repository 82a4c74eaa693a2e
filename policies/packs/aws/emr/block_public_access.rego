# METADATA
# scope: package
# title: Clusters of EMR cannot be opened to the internet
# description: >-
#   With the block turned off, one wrong security group opens the consoles of a cluster to everybody.
# related_resources:
#   - https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html
# custom:
#   id: WL-AWS-EMR-001
#   remedy: |-
#     In Terraform:
#       block_public_security_group_rules = true
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EMR.2"]
#     checkov: ["CKV_AWS_390"]
#   engines: [terraform]
package wayleave.aws.emr.block_public_access

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the block is turned off"} if {
	some it in input.resources.aws_emr_block_public_access_configuration
	resource.is_off(it, "block_public_security_group_rules")
}
