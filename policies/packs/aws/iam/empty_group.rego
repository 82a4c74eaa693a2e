# METADATA
# scope: package
# title: A group has members
# description: >-
#   A group without members is either a leftover or waits for somebody to be put into it unnoticed.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html
# custom:
#   id: WL-AWS-IAM-022
#   remedy: |-
#     Remove the group, or say who is in it:
#       resource "aws_iam_group_membership" "readers" {
#         name  = "readers"
#         group = aws_iam_group.readers.name
#         users = [aws_iam_user.kim.name]
#       }
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV2_AWS_14"]
#   engines: [terraform]
package wayleave.aws.iam.empty_group

import data.wayleave.lib.resource

deny contains {"address": membership.address, "message": "the group has no members"} if {
	some membership in input.resources.aws_iam_group_membership
	resource.is_missing(membership, "users")
}
