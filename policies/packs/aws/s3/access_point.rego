# METADATA
# scope: package
# title: An access point blocks public access
# description: >-
#   An access point has a policy of its own. With its block turned off, and it can never be turned on again, the
#   policy can open the bucket to everybody.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
# custom:
#   id: WL-AWS-S3-015
#   remedy: |-
#     In Terraform:
#       Leave public_access_block_configuration out: everything is blocked then.
#     In CloudFormation:
#       Leave PublicAccessBlockConfiguration out: everything is blocked then.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["S3.19", "S3.24"]
#     checkov: ["CKV_AWS_392"]
#   engines: [terraform, cloudformation]
package wayleave.aws.s3.access_point

switches := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

deny contains {"address": point.address, "message": message} if {
	some point in points
	off := [switch | some switch in switches; some block in point.blocks; block[switch] == false]
	count(off) > 0
	message := sprintf("%s is turned off", [concat(", ", off)])
}

points contains {"address": point.address, "blocks": point.values.public_access_block_configuration} if {
	some point in input.resources.aws_s3_access_point
}

points contains {"address": point.address, "blocks": details.public_access_block} if {
	some point in input.resources.aws_s3control_multi_region_access_point
	some details in point.values.details
}
