# METADATA
# scope: package
# title: A cache is encrypted on its disks
# description: >-
#   Swap and snapshots of a cache hold sessions and tokens.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
# custom:
#   id: WL-AWS-ELASTICACHE-001
#   remedy: |-
#     In Terraform:
#       at_rest_encryption_enabled = true
#     In CloudFormation:
#       AtRestEncryptionEnabled: true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ElastiCache.4"]
#     checkov: ["CKV_AWS_29"]
#     terrascan: ["AC_AWS_0466", "AWS.AERG.DP.MEDIUM.0027"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.encryption_at_rest

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the cache is not encrypted on its disks"} if {
	some it in input.resources.aws_elasticache_replication_group
	resource.is_off(it, "at_rest_encryption_enabled")
}
