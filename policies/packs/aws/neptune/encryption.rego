# METADATA
# scope: package
# title: A Neptune cluster is encrypted
# description: >-
#   Disks, snapshots and backups can be read otherwise, and encryption cannot be turned on later.
# related_resources:
#   - https://docs.aws.amazon.com/neptune/latest/userguide/security.html
# custom:
#   id: WL-AWS-NEPTUNE-001
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#     In CloudFormation:
#       StorageEncrypted: true
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Neptune.1"]
#     checkov: ["CKV_AWS_44", "CKV_AWS_347"]
#     terrascan: ["AC_AWS_0493", "AWS.ANC.DP.MEDIUM.0030"]
#   engines: [terraform, cloudformation]
package wayleave.aws.neptune.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the storage is not encrypted"} if {
	some it in input.resources.aws_neptune_cluster
	resource.is_off(it, "storage_encrypted")
	not resource.is_set(it, "snapshot_identifier")
	not resource.is_set(it, "global_cluster_identifier")
}
