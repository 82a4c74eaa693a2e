# METADATA
# scope: package
# title: A cache takes minor upgrades by itself
# description: >-
#   Minor versions mend security holes; by hand they come months late.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.html
# custom:
#   id: WL-AWS-ELASTICACHE-010
#   remedy: |-
#     In Terraform:
#       auto_minor_version_upgrade = true
#     In CloudFormation:
#       AutoMinorVersionUpgrade: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ElastiCache.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.minor_upgrades

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "minor versions are not installed by themselves"} if {
	some it in resource.of_types(["aws_elasticache_replication_group", "aws_elasticache_cluster"])
	resource.is_false_or_missing(it, "auto_minor_version_upgrade", true)
}
