# METADATA
# scope: package
# title: A bucket has no public ACL
# description: >-
#   A public ACL lets anybody list, read or even write the bucket's objects. It is the most frequent way in
#   which data leaks from S3.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
# custom:
#   id: WL-AWS-S3-002
#   remedy: |-
#     Leave the ACL out, and own all objects:
#       resource "aws_s3_bucket_ownership_controls" "logs" {
#         bucket = aws_s3_bucket.logs.id
#         rule { object_ownership = "BucketOwnerEnforced" }
#       }
#     In CloudFormation: leave AccessControl out.
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["S3.2", "S3.3", "S3.12"]
#     checkov: ["CKV_AWS_20", "CKV_AWS_57", "CKV2_AWS_43", "CKV_AWS_375"]
#     terrascan: ["AC_AWS_0210", "AWS.S3Bucket.IAM.High.0377", "AC_AWS_0211", "AWS.S3Bucket.IAM.High.0378", "AC_AWS_0212", "AWS.S3Bucket.IAM.High.0379", "AC_AWS_0213", "AWS.S3Bucket.IAM.High.0381", "AC_AWS_0215", "AWS.S3Bucket.DS.High.1043"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.public_acl

public_acls := {"public-read", "public-read-write", "authenticated-read"}

public_groups := {
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}

deny contains {"address": holder.address, "message": sprintf("the ACL is %s", [holder.values.acl])} if {
	some kind in ["aws_s3_bucket", "aws_s3_bucket_acl"]
	some holder in input.resources[kind]
	holder.values.acl in public_acls
}

deny contains {"address": acl.address, "message": sprintf("the ACL grants %s to everybody", [grant.permission])} if {
	some acl in input.resources.aws_s3_bucket_acl
	some policy in acl.values.access_control_policy
	some grant in policy.grant
	some grantee in grant.grantee
	grantee.uri in public_groups
}
