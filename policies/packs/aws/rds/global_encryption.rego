# METADATA
# scope: package
# title: A global cluster is encrypted
# description: >-
#   Its copies are in several regions, and none can be encrypted later.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
# custom:
#   id: WL-AWS-RDS-020
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#     In CloudFormation:
#       StorageEncrypted: true
#   severity: high
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_140"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.global_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the storage is not encrypted"} if {
	some it in input.resources.aws_rds_global_cluster
	resource.is_off(it, "storage_encrypted")
	not resource.is_set(it, "source_db_cluster_identifier")
}
