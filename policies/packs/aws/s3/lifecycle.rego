# METADATA
# scope: package
# title: A bucket says how long objects stay
# description: >-
#   Without a lifecycle, objects and old versions stay for ever: they cost money, and what a law orders to be
#   deleted is still there.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
# custom:
#   id: WL-AWS-S3-008
#   remedy: |-
#     In Terraform:
#       resource "aws_s3_bucket_lifecycle_configuration" "reports" {
#         bucket = aws_s3_bucket.reports.id
#         rule {
#           id     = "expire"
#           status = "Enabled"
#           filter {}
#           expiration {
#             days = 400
#           }
#         }
#       }
#     In CloudFormation:
#       LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 400}]}
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["S3.10", "S3.13"]
#     checkov: ["CKV2_AWS_61"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.lifecycle

import data.wayleave.lib.resource

kind := "aws_s3_bucket_lifecycle_configuration"

deny contains {"address": bucket.address, "message": "the bucket has no lifecycle configuration"} if {
	some bucket in input.resources.aws_s3_bucket
	not resource.is_set(bucket, "lifecycle_rule")
	count(resource.attached(bucket, kind, "bucket")) == 0
	not resource.may_be_attached(kind, "bucket")
}
