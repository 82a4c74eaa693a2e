# METADATA
# scope: package
# title: A user gets its rights from groups
# description: >-
#   Rights that come from a group change with the group; those of single users are forgotten.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html
# custom:
#   id: WL-AWS-IAM-021
#   remedy: |-
#     In Terraform:
#       resource "aws_iam_user_group_membership" "kim" {
#         user   = aws_iam_user.kim.name
#         groups = [aws_iam_group.readers.name]
#       }
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.2"]
#     checkov: ["CKV2_AWS_21"]
#     cis-aws-3.0: ["1.15"]
#   engines: [terraform]
package wayleave.aws.iam.user_groups

import data.wayleave.lib.resource

deny contains {"address": user.address, "message": "the user is in no group"} if {
	some user in input.resources.aws_iam_user
	user.engine == "terraform"
	not is_member(user)
	not resource.may_be_attached("aws_iam_user_group_membership", "user")
	not resource.may_be_attached("aws_iam_group_membership", "users")
}

is_member(user) if count(resource.attached(user, "aws_iam_user_group_membership", "user")) > 0

is_member(user) if {
	some membership in input.resources.aws_iam_group_membership
	user.values.name in membership.values.users
}

is_member(user) if {
	some membership in input.resources.aws_iam_group_membership
	user.address in resource.links(membership, "users")
}
