# METADATA
# scope: package
# title: The account blocks public buckets
# description: >-
#   The block of the account counts for every bucket, also for those that somebody makes by hand. Turned off,
#   each bucket is on its own.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: WL-AWS-S3-016
#   remedy: |-
#     In Terraform:
#       block_public_acls       = true
#       block_public_policy     = true
#       ignore_public_acls      = true
#       restrict_public_buckets = true
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["S3.1"]
#     cis-aws-3.0: ["2.1.4"]
#   engines: [terraform]
package wayleave.aws.s3.account_public_access_block

import data.wayleave.lib.resource

switches := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

deny contains {"address": account.address, "message": message} if {
	some account in input.resources.aws_s3_account_public_access_block
	off := [switch | some switch in switches; is_off(account, switch)]
	count(off) > 0
	message := sprintf("%s is turned off", [concat(", ", off)])
}

is_off(account, switch) if {
	not account.values[switch] == true
	not resource.is_uncertain(account, switch)
}
