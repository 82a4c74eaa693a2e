# METADATA
# scope: package
# title: Passwords expire
# description: >-
#   A password that never expires is as good for whoever finds it as for its owner. (Where people sign in through an
#   identity provider, this rule can go.)
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
# custom:
#   id: WL-AWS-IAM-018
#   remedy: |-
#     max_password_age = 90
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.7"]
#     checkov: ["CKV_AWS_9"]
#     terrascan: ["AC_AWS_0138", "AWS.Iam.IAM.Low.0540"]
#   parameters:
#     days:
#       description: Passwords expire after at most this many days.
#       default: 90
#   engines: [terraform]
package wayleave.aws.iam.password_age

import data.wayleave.lib.resource

deny contains {"address": policy.address, "message": message(age)} if {
	some policy in input.resources.aws_iam_account_password_policy
	age := resource.number_or_default(policy, "max_password_age", 0)
	is_too_old(age)
}

is_too_old(age) if age == 0

is_too_old(age) if age > data.parameters["WL-AWS-IAM-018"].days

message(age) := "passwords never expire" if age == 0

message(age) := sprintf("passwords are good for %d days", [age]) if age > 0
