# METADATA
# scope: package
# title: A DocumentDB cluster is encrypted
# description: >-
#   Disks, snapshots and backups can be read otherwise, and encryption cannot be turned on later.
# related_resources:
#   - https://docs.aws.amazon.com/documentdb/latest/developerguide/security.html
# custom:
#   id: WL-AWS-DOCDB-001
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#     In CloudFormation:
#       StorageEncrypted: true
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["DocumentDB.1"]
#     checkov: ["CKV_AWS_74"]
#     terrascan: ["AC_AWS_0455", "AWS.ADC.DP.MEDIUM.0022"]
#   engines: [terraform, cloudformation]
package wayleave.aws.docdb.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the storage is not encrypted"} if {
	some it in input.resources.aws_docdb_cluster
	resource.is_off(it, "storage_encrypted")
	not resource.is_set(it, "snapshot_identifier")
	not resource.is_set(it, "global_cluster_identifier")
}
