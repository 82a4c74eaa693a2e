# METADATA
# scope: package
# title: A bucket is encrypted with a KMS key
# description: >-
#   With keys of S3 itself, whoever may read the object may read the text. A KMS key is a second permission that
#   can be given, taken away and seen in CloudTrail.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
# custom:
#   id: WL-AWS-S3-010
#   remedy: |-
#     In Terraform:
#       sse_algorithm     = "aws:kms"
#       kms_master_key_id = aws_kms_key.reports.arn
#     In CloudFormation:
#       SSEAlgorithm: aws:kms
#       KMSMasterKeyID: !GetAtt Key.Arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-security-hub: ["S3.17"]
#     checkov: ["CKV_AWS_145", "CKV_AWS_19"]
#     terrascan: ["AC_AWS_0207", "AWS.S3Bucket.EncryptionandKeyManagement.High.0405"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.kms_encryption

# Only what the configuration itself says: a bucket that says nothing is the concern of WL-AWS-S3-004.
deny contains {"address": chosen[0], "message": "objects are encrypted with keys of S3, not with a KMS key"} if {
	some chosen in defaults
	chosen[1].sse_algorithm == "AES256"
}

# What is chosen, behind the address of the resource that says so.
defaults contains [encryption.address, chosen] if {
	some encryption in input.resources.aws_s3_bucket_server_side_encryption_configuration
	some written in encryption.values.rule
	some chosen in written.apply_server_side_encryption_by_default
}

defaults contains [bucket.address, chosen] if {
	some bucket in input.resources.aws_s3_bucket
	some block in bucket.values.server_side_encryption_configuration
	some written in block.rule
	some chosen in written.apply_server_side_encryption_by_default
}
