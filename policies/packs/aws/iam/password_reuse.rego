# METADATA
# scope: package
# title: Old passwords are not used again
# description: >-
#   A password that leaked once is tried again for years.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
# custom:
#   id: WL-AWS-IAM-016
#   remedy: |-
#     password_reuse_prevention = 24
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.7"]
#     checkov: ["CKV_AWS_13"]
#     cis-aws-3.0: ["1.9"]
#     terrascan: ["AC_AWS_0472", "AWS.Iam.IAM.Low.0539"]
#   parameters:
#     remembered:
#       description: At least this many passwords are remembered; AWS remembers at most 24.
#       default: 24
#   engines: [terraform]
package wayleave.aws.iam.password_reuse

import data.wayleave.lib.resource

deny contains {"address": policy.address, "message": sprintf("%d old passwords are kept from being used again", [remembered])} if {
	some policy in input.resources.aws_iam_account_password_policy
	remembered := resource.number_or_default(policy, "password_reuse_prevention", 0)
	remembered < data.parameters["WL-AWS-IAM-016"].remembered
}
