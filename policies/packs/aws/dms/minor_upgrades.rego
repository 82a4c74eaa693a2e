# METADATA
# scope: package
# title: A replication instance takes minor upgrades by itself
# description: >-
#   Minor versions mend security holes; by hand they come months late.
# related_resources:
#   - https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html
# custom:
#   id: WL-AWS-DMS-002
#   remedy: |-
#     In Terraform:
#       auto_minor_version_upgrade = true
#     In CloudFormation:
#       AutoMinorVersionUpgrade: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["DMS.6"]
#     checkov: ["CKV_AWS_222"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dms.minor_upgrades

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "minor versions are not installed by themselves"} if {
	some it in input.resources.aws_dms_replication_instance
	resource.is_false_or_missing(it, "auto_minor_version_upgrade", true)
}
