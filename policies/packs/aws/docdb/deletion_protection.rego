# METADATA
# scope: package
# title: A DocumentDB cluster is not deleted by mistake
# description: >-
#   One wrong plan, and the data is gone; with protection, somebody has to take it away on purpose first.
# related_resources:
#   - https://docs.aws.amazon.com/documentdb/latest/developerguide/security.html
# custom:
#   id: WL-AWS-DOCDB-005
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#       deletion_protection = true
#     In CloudFormation:
#       StorageEncrypted: true
#       DeletionProtection: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["DocumentDB.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.docdb.deletion_protection

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the cluster may be deleted at any time"} if {
	some it in input.resources.aws_docdb_cluster
	resource.is_off(it, "deletion_protection")
}
