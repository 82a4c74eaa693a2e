# METADATA
# scope: package
# title: A database is encrypted with a key of your own
# description: >-
#   Snapshots under the key that AWS manages cannot be copied to another account, and the key cannot be turned
#   off when somebody has to be shut out.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html
# custom:
#   id: WL-AWS-RDS-016
#   remedy: |-
#     In Terraform:
#       kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_327"]
#   engines: [terraform, cloudformation]
package wayleave.aws.rds.cluster_customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the storage is encrypted with the key that AWS manages"} if {
	some it in resource.of_types(["aws_rds_cluster", "aws_db_instance"])
	resource.is_missing(it, "kms_key_id")
	resource.is_true(it.values.storage_encrypted)
}
