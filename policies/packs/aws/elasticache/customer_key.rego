# METADATA
# scope: package
# title: A cache is encrypted with a key of your own
# description: >-
#   The key that AWS manages cannot be given a policy, or be turned off when somebody has to be shut out.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
# custom:
#   id: WL-AWS-ELASTICACHE-005
#   remedy: |-
#     In Terraform:
#       at_rest_encryption_enabled = true
#       kms_key_id                 = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       AtRestEncryptionEnabled: true
#       KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_191"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the cache is encrypted with the key that AWS manages"} if {
	some it in input.resources.aws_elasticache_replication_group
	resource.is_missing(it, "kms_key_id")
	resource.is_true(it.values.at_rest_encryption_enabled)
}
