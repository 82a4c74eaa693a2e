# METADATA
# scope: package
# title: A cache asks who connects
# description: >-
#   Without a token or users of its own, everybody who reaches the network reads every session.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
# custom:
#   id: WL-AWS-ELASTICACHE-003
#   remedy: |-
#     In Terraform:
#       transit_encryption_enabled = true
#       user_group_ids             = [aws_elasticache_user_group.sessions.id]
#     In CloudFormation:
#       UserGroupIds: [!Ref Users]
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["ElastiCache.6"]
#     checkov: ["CKV_AWS_31"]
#   engines: [terraform, cloudformation]
package wayleave.aws.elasticache.authentication

import data.wayleave.lib.resource

deny contains {"address": cache.address, "message": "clients need not say who they are"} if {
	some cache in input.resources.aws_elasticache_replication_group
	every way in ["auth_token", "user_group_ids"] {
		resource.is_missing(cache, way)
	}
	not resource.is_set(cache, "global_replication_group_id")
}
