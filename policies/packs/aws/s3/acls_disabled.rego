# METADATA
# scope: package
# title: Access to a bucket is not given by ACLs
# description: >-
#   An ACL on a single object can open it to others, and no policy shows it. With BucketOwnerEnforced, which is
#   the default of new buckets, ACLs mean nothing.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
# custom:
#   id: WL-AWS-S3-011
#   remedy: |-
#     In Terraform:
#       object_ownership = "BucketOwnerEnforced"
#     In CloudFormation:
#       OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["S3.12"]
#     checkov: ["CKV2_AWS_65"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.acls_disabled

deny contains {"address": controls.address, "message": message} if {
	some controls in input.resources.aws_s3_bucket_ownership_controls
	some written in controls.values.rule
	written.object_ownership in {"BucketOwnerPreferred", "ObjectWriter"}
	message := sprintf("object ownership is %s, so that ACLs count", [written.object_ownership])
}
