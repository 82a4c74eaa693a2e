# METADATA
# scope: package
# title: A cache runs a version that is looked after
# description: >-
#   Old versions of Redis have known holes and no encryption.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
# custom:
#   id: WL-AWS-ELASTICACHE-008
#   remedy: |-
#     In Terraform:
#       engine_version = "7.1"
#     In CloudFormation:
#       EngineVersion: '7.1'
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     terrascan: ["AC_AWS_0102", "AWS.ElastiCache.DataSecurity.High.0425"]
#   parameters:
#     major:
#       default: 6
#       description: The oldest major version of Redis that is allowed.
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.engine_version

import data.wayleave.lib.resource

deny contains {"address": cache.address, "message": message} if {
	some cache in resource.of_types(["aws_elasticache_cluster", "aws_elasticache_replication_group"])
	not object.get(cache.values, "engine", "redis") in {"memcached", "valkey"}
	major := to_number(split(sprintf("%v", [cache.values.engine_version]), ".")[0])
	major < data.parameters["WL-AWS-ELASTICACHE-008"].major
	message := sprintf("version %v of Redis is old", [cache.values.engine_version])
}
