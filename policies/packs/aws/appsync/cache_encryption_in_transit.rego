# METADATA
# scope: package
# title: The cache of a GraphQL API is asked over TLS
# description: >-
#   A cache holds the answers of your users. It cannot be encrypted later, only made anew.
# related_resources:
#   - https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html
# custom:
#   id: WL-AWS-APPSYNC-004
#   remedy: |-
#     In Terraform:
#       transit_encryption_enabled = true
#     In CloudFormation:
#       TransitEncryptionEnabled: true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["AppSync.6"]
#     checkov: ["CKV_AWS_215"]
#   engines: [terraform, cloudformation]
package wayleave.aws.appsync.cache_encryption_in_transit

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "transit, the cache is not encrypted"} if {
	some it in input.resources.aws_appsync_api_cache
	resource.is_off(it, "transit_encryption_enabled")
}
