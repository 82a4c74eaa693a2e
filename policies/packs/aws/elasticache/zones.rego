# METADATA
# scope: package
# title: A cluster of Memcached is in several zones
# description: >-
#   A cluster in one zone is lost with it, and every request then goes to the database at once.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
# custom:
#   id: WL-AWS-ELASTICACHE-009
#   remedy: |-
#     In Terraform:
#       az_mode         = "cross-az"
#       num_cache_nodes = 2
#     In CloudFormation:
#       AZMode: cross-az
#   severity: low
#   category: Resilience
#   frameworks:
#     terrascan: ["AC_AWS_0104", "AWS.ElastiCache.HighAvailability.Medium.0757"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.zones

import data.wayleave.lib.resource

deny contains {"address": cache.address, "message": "all nodes are in one zone"} if {
	some cache in input.resources.aws_elasticache_cluster
	cache.values.engine == "memcached"
	resource.number_or_default(cache, "num_cache_nodes", 1) > 1
	resource.value_or_default(cache, "az_mode", "single-az") == "single-az"
}
