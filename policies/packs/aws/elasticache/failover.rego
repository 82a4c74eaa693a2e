# METADATA
# scope: package
# title: A cache survives the loss of a node
# description: >-
#   Without failover a lost node takes its sessions with it, until somebody makes another.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
# custom:
#   id: WL-AWS-ELASTICACHE-004
#   remedy: |-
#     In Terraform:
#       automatic_failover_enabled = true
#       multi_az_enabled           = true
#       num_cache_clusters         = 2
#     In CloudFormation:
#       AutomaticFailoverEnabled: true
#       MultiAZEnabled: true
#       NumCacheClusters: 2
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["ElastiCache.3"]
#     checkov: ["CKV2_AWS_50"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.failover

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "nothing takes over when a node is lost"} if {
	some it in input.resources.aws_elasticache_replication_group
	resource.is_off(it, "automatic_failover_enabled")
}
