# METADATA
# scope: package
# title: A cache is asked over TLS
# description: >-
#   Sessions and tokens can be read on the wire otherwise.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
# custom:
#   id: WL-AWS-ELASTICACHE-002
#   remedy: |-
#     In Terraform:
#       transit_encryption_enabled = true
#     In CloudFormation:
#       TransitEncryptionEnabled: true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ElastiCache.5"]
#     checkov: ["CKV_AWS_30"]
#     terrascan: ["AC_AWS_0467", "AWS.AERG.DP.MEDIUM.0044"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.encryption_in_transit

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "clients speak without TLS"} if {
	some it in input.resources.aws_elasticache_replication_group
	resource.is_off(it, "transit_encryption_enabled")
}
