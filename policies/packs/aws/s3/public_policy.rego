# METADATA
# scope: package
# title: A bucket's policy is not open to everybody
# description: >-
#   A statement that allows Principal * without a condition on who asks makes the bucket's objects public.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
# custom:
#   id: WL-AWS-S3-003
#   remedy: |-
#     Name the accounts, roles or services that are meant, or add a condition such as aws:PrincipalOrgID:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/reader" }
#     For a website, put CloudFront with origin access control in front.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["S3.2", "S3.3", "S3.6"]
#     checkov: ["CKV_AWS_70", "CKV_AWS_283"]
#     terrascan: ["AC_AWS_0219", "AWS.IamPolicy.IAM.High.0373", "AC_AWS_0220", "AWS.IamPolicy.IAM.High.0374", "AC_AWS_0221", "AWS.IamPolicy.IAM.High.0375", "AC_AWS_0224", "AWS.IamPolicy.IAM.High.0376", "AC_AWS_0217", "AWS.S3Bucket.IAM.High.0371", "AC_AWS_0218", "AWS.S3Bucket.IAM.High.0372"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.public_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_s3_bucket", "aws_s3_bucket_policy"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
