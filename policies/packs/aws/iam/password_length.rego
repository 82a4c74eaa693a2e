# METADATA
# scope: package
# title: Passwords have at least 14 characters
# description: >-
#   Short passwords are guessed in hours, whatever letters they are made of.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
# custom:
#   id: WL-AWS-IAM-015
#   remedy: |-
#     minimum_password_length = 14
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.7"]
#     checkov: ["CKV_AWS_10"]
#     cis-aws-3.0: ["1.8"]
#     terrascan: ["AC_AWS_0142", "AWS.Iam.IAM.Medium.0458", "AC_AWS_0141", "AWS.Iam.IAM.Medium.0495"]
#   parameters:
#     length:
#       description: Passwords have at least this many characters.
#       default: 14
#   engines: [terraform]
package wayleave.aws.iam.password_length

import data.wayleave.lib.resource

deny contains {"address": policy.address, "message": sprintf("passwords may have %d characters", [length])} if {
	some policy in input.resources.aws_iam_account_password_policy
	length := resource.number_or_default(policy, "minimum_password_length", 6)
	length < data.parameters["WL-AWS-IAM-015"].length
}
