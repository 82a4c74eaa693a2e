# METADATA
# scope: package
# title: A bucket keeps versions
# description: >-
#   Without versions, an object that is overwritten or deleted, by mistake or by ransomware, is gone.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
# custom:
#   id: WL-AWS-S3-005
#   remedy: |-
#     In Terraform:
#       resource "aws_s3_bucket_versioning" "logs" {
#         bucket = aws_s3_bucket.logs.id
#         versioning_configuration { status = "Enabled" }
#       }
#     In CloudFormation: VersioningConfiguration with Status Enabled. Add a lifecycle rule that expires old versions.
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-security-hub: ["S3.14"]
#     checkov: ["CKV_AWS_21"]
#     terrascan: ["AC_AWS_0214", "AWS.S3Bucket.IAM.High.0370"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.versioning

import data.wayleave.lib.resource

deny contains {"address": bucket.address, "message": "the bucket keeps no versions of its objects"} if {
	some bucket in input.resources.aws_s3_bucket
	not keeps_versions(bucket)
	not resource.may_be_attached("aws_s3_bucket_versioning", "bucket")
	not resource.is_uncertain(bucket, "versioning.0.enabled")
}

keeps_versions(bucket) if {
	some versioning in resource.attached(bucket, "aws_s3_bucket_versioning", "bucket")
	is_on(versioning)
}

keeps_versions(bucket) if {
	some block in bucket.values.versioning
	block.enabled == true
}

is_on(versioning) if {
	some block in versioning.values.versioning_configuration
	block.status == "Enabled"
}

is_on(versioning) if resource.is_uncertain(versioning, "versioning_configuration.0.status")
