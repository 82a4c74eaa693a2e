# METADATA
# scope: package
# title: Versions are deleted only with a second factor
# description: >-
#   Whoever steals credentials can delete every version of every object. With MFA delete, that takes a device as
#   well.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
# custom:
#   id: WL-AWS-S3-019
#   remedy: |-
#     In Terraform:
#       versioning_configuration {
#         status     = "Enabled"
#         mfa_delete = "Enabled"
#       }
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-security-hub: ["S3.20"]
#     cis-aws-3.0: ["2.1.2"]
#   engines: [terraform]
package wayleave.aws.s3.mfa_delete

import data.wayleave.lib.resource

# Only root can turn it on, by hand, so that nothing is said where the configuration does not speak of it.
deny contains {"address": versioning.address, "message": "mfa_delete is turned off"} if {
	some versioning in input.resources.aws_s3_bucket_versioning
	some block in versioning.values.versioning_configuration
	block.mfa_delete == "Disabled"
}

deny contains {"address": bucket.address, "message": "mfa_delete is turned off"} if {
	some bucket in input.resources.aws_s3_bucket
	some block in bucket.values.versioning
	block.mfa_delete == false
	"versioning" in bucket.written
}
