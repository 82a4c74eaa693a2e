# METADATA
# scope: package
# title: A cache is in subnets that were chosen for it
# description: >-
#   The default group has every subnet of the default network, those that face the internet among them.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html
# custom:
#   id: WL-AWS-ELASTICACHE-011
#   remedy: |-
#     In Terraform:
#       subnet_group_name          = "cart"
#     In CloudFormation:
#       CacheSubnetGroupName: cart
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ElastiCache.7"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.subnet_group

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the cache is in the default subnet group"} if {
	some it in resource.of_types(["aws_elasticache_replication_group", "aws_elasticache_cluster"])
	resource.value_or_default(it, "subnet_group_name", "default") in {"default", ""}
	not is_member(it)
}

# A member is where its group is, and a second cluster where the first is.
is_member(it) if {
	it.address in {cluster.address | some cluster in input.resources.aws_elasticache_cluster}
	resource.is_set(it, "replication_group_id")
}

is_member(it) if resource.is_set(it, "global_replication_group_id")
