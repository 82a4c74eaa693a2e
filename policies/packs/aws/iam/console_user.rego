# METADATA
# scope: package
# title: People sign in through an identity provider
# description: >-
#   A user with a password of its own stays when the person leaves, and its second factor is left to the person.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp
# custom:
#   id: WL-AWS-IAM-020
#   remedy: |-
#     Give people permission sets in IAM Identity Center:
#       resource "aws_ssoadmin_account_assignment" "readers" { ... }
#     In CloudFormation: AWS::SSO::Assignment.
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.5"]
#     checkov: ["CKV2_AWS_22", "CKV_AWS_273"]
#     cis-aws-3.0: ["1.10", "1.21"]
#     terrascan: ["AC_AWS_0148", "AWS.Iam.IAM.High.0391", "AC_AWS_0151", "AWS.IamUser.IAM.High.0389"]
#   engines: [terraform]
package wayleave.aws.iam.console_user

deny contains {"address": profile.address, "message": "the user signs in with a password of its own"} if {
	some profile in input.resources.aws_iam_user_login_profile
}

deny contains {"address": user.address, "message": "the user signs in with a password of its own"} if {
	some user in input.resources.aws_iam_user
	count(object.get(user.values, "login_profile", [])) > 0
}
