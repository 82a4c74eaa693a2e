# METADATA
# scope: package
# title: A bucket blocks public access
# description: >-
#   Block Public Access overrules every ACL and bucket policy that would open the bucket, also one that is added
#   by mistake later. New buckets have it by default, but only what is written down stays so.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: WL-AWS-S3-001
#   remedy: |-
#     Block all four ways:
#       resource "aws_s3_bucket_public_access_block" "logs" {
#         bucket                  = aws_s3_bucket.logs.id
#         block_public_acls       = true
#         block_public_policy     = true
#         ignore_public_acls      = true
#         restrict_public_buckets = true
#       }
#     In CloudFormation: PublicAccessBlockConfiguration with all four set to true.
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["S3.1", "S3.8"]
#     checkov: ["CKV2_AWS_6", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"]
#     cis-aws-3.0: ["2.1.4"]
#     terrascan: ["AC_AWS_0496", "AWS.S3Bucket.IAM.HIGH.0065"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.public_access_block

import data.wayleave.lib.resource

settings := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

deny contains {"address": bucket.address, "message": "nothing blocks public access to the bucket"} if {
	some bucket in input.resources.aws_s3_bucket
	count(resource.attached(bucket, "aws_s3_bucket_public_access_block", "bucket")) == 0
	not resource.may_be_attached("aws_s3_bucket_public_access_block", "bucket")
	not blocks_account
}

deny contains {"address": block.address, "message": message, "severity": "high"} if {
	some block in input.resources.aws_s3_bucket_public_access_block
	off := [setting | some setting in settings; is_off(block, setting)]
	count(off) > 0
	message := sprintf("public access is not blocked; off: %s", [concat(", ", off)])
}

is_off(block, setting) if {
	not block.values[setting] == true
	not resource.is_uncertain(block, setting)
}

blocks_account if {
	some block in input.resources.aws_s3_account_public_access_block
	every setting in settings {
		block.values[setting] == true
	}
}
