# METADATA
# scope: package
# title: A replication instance has no public address
# description: >-
#   It holds the passwords of both databases, and all their data passes through it.
# related_resources:
#   - https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html
# custom:
#   id: WL-AWS-DMS-001
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#     In CloudFormation:
#       PubliclyAccessible: false
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["DMS.1"]
#     checkov: ["CKV_AWS_89"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dms.public_access

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the instance has a public address"} if {
	some it in input.resources.aws_dms_replication_instance
	resource.is_true_by_default(it, "publicly_accessible", false)
}
