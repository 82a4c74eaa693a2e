# METADATA
# scope: package
# title: Cached answers of a GraphQL API are encrypted
# description: >-
#   A cache holds the answers of your users. It cannot be encrypted later, only made anew.
# related_resources:
#   - https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html
# custom:
#   id: WL-AWS-APPSYNC-003
#   remedy: |-
#     In Terraform:
#       at_rest_encryption_enabled = true
#     In CloudFormation:
#       AtRestEncryptionEnabled: true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["AppSync.1"]
#     checkov: ["CKV_AWS_214"]
#   engines: [terraform, cloudformation]
package wayleave.aws.appsync.cache_encryption_at_rest

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "at rest, the cache is not encrypted"} if {
	some it in input.resources.aws_appsync_api_cache
	resource.is_off(it, "at_rest_encryption_enabled")
}
