# METADATA
# scope: package
# title: A warehouse takes upgrades by itself
# description: >-
#   Upgrades mend security holes; by hand they come months late.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html
# custom:
#   id: WL-AWS-REDSHIFT-007
#   remedy: |-
#     In Terraform:
#       allow_version_upgrade = true
#     In CloudFormation:
#       AllowVersionUpgrade: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["Redshift.6"]
#     checkov: ["CKV_AWS_141"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.version_upgrade

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "upgrades are not installed by themselves"} if {
	some it in input.resources.aws_redshift_cluster
	resource.is_false_or_missing(it, "allow_version_upgrade", true)
}
