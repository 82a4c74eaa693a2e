# METADATA
# scope: package
# title: A DocumentDB cluster is encrypted with a key of your own
# description: >-
#   The key that AWS manages cannot be given a policy, or be turned off when somebody has to be shut out.
# related_resources:
#   - https://docs.aws.amazon.com/documentdb/latest/developerguide/security.html
# custom:
#   id: WL-AWS-DOCDB-002
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#       kms_key_id        = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       StorageEncrypted: true
#       KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_182"]
#   engines: [terraform, cloudformation]
package wayleave.aws.docdb.customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the storage is encrypted with the key that AWS manages"} if {
	some it in input.resources.aws_docdb_cluster
	resource.is_missing(it, "kms_key_id")
	resource.is_true(it.values.storage_encrypted)
}
