# METADATA
# scope: package
# title: A bucket says how it is encrypted
# description: >-
#   S3 encrypts every new object, with keys of its own unless told otherwise. A bucket that says which key it
#   wants keeps that under review, and can be given a key whose use is controlled and logged.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
# custom:
#   id: WL-AWS-S3-004
#   remedy: |-
#     In Terraform:
#       resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
#         bucket = aws_s3_bucket.logs.id
#         rule {
#           apply_server_side_encryption_by_default { sse_algorithm = "aws:kms" }
#         }
#       }
#     In CloudFormation: BucketEncryption.
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_19", "CKV_AWS_145"]
#     terrascan: ["AC_AWS_0207", "AWS.S3Bucket.EncryptionandKeyManagement.High.0405"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.encryption

import data.wayleave.lib.resource

kind := "aws_s3_bucket_server_side_encryption_configuration"

deny contains {"address": bucket.address, "message": "the bucket does not say how it is encrypted"} if {
	some bucket in input.resources.aws_s3_bucket
	count(resource.attached(bucket, kind, "bucket")) == 0
	not resource.may_be_attached(kind, "bucket")
	not resource.is_set(bucket, "server_side_encryption_configuration")
}
