# METADATA
# scope: package
# title: A user has no policy of its own
# description: >-
#   Rights that hang on a single user are overlooked in reviews and stay when the person changes team. Groups,
#   or better roles, show who may do what.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
# custom:
#   id: WL-AWS-IAM-003
#   remedy: |-
#     Give the policy to a group or a role, and put people there:
#       resource "aws_iam_group_policy_attachment" "readers" {
#         group      = aws_iam_group.readers.name
#         policy_arn = aws_iam_policy.read.arn
#       }
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.2"]
#     checkov: ["CKV_AWS_40"]
#     cis-aws-3.0: ["1.15"]
#     terrascan: ["AC_AWS_0475", "AWS.AIUP.IAM.MEDIUM.0049", "AC_AWS_0476", "AWS.AIUPA.IAM.MEDIUM.0050"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.user_inline_policy

deny contains {"address": policy.address, "message": "the policy hangs on a single user"} if {
	some kind in ["aws_iam_user_policy", "aws_iam_user_policy_attachment"]
	some policy in input.resources[kind]
}
