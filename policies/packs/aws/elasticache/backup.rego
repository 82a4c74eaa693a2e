# METADATA
# scope: package
# title: A cache of Redis is backed up
# description: >-
#   What was only in the cache is gone when it is.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html
# custom:
#   id: WL-AWS-ELASTICACHE-006
#   remedy: |-
#     In Terraform:
#       snapshot_retention_limit = 7
#     In CloudFormation:
#       SnapshotRetentionLimit: 7
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ElastiCache.1"]
#     checkov: ["CKV_AWS_134"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.backup

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "no backups are made"} if {
	some it in resource.of_types(["aws_elasticache_cluster", "aws_elasticache_replication_group"])
	found := resource.value_or_default(it, "snapshot_retention_limit", 0)
	found in {0}
	not it.values.engine == "memcached"
	not resource.is_set(it, "replication_group_id")
	not resource.is_set(it, "global_replication_group_id")
}
