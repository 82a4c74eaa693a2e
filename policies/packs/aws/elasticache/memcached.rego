# METADATA
# scope: package
# title: Sensitive data is not kept in Memcached
# description: >-
#   Memcached in ElastiCache has no users, and older versions no encryption: whoever reaches it reads
#   everything.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SelectEngine.html
# custom:
#   id: WL-AWS-ELASTICACHE-007
#   remedy: |-
#     In Terraform:
#       engine = "valkey"
#     In CloudFormation:
#       Engine: valkey
#   severity: low
#   category: Data Protection
#   frameworks:
#     terrascan: ["AC_AWS_0103", "AWS.ElastiCache.DataSecurity.High.0424"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.memcached

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_elasticache_cluster
	found := resource.value(it, "engine")
	found in {"memcached"}
	message := sprintf("the engine is %s", [found])
}
