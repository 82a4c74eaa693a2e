# METADATA
# scope: package
# title: Passwords are made of all kinds of characters
# description: >-
#   Small and capital letters, numbers and symbols together make guessing much longer.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
# custom:
#   id: WL-AWS-IAM-017
#   remedy: |-
#     require_lowercase_characters = true
#     require_uppercase_characters = true
#     require_numbers              = true
#     require_symbols              = true
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.7"]
#     checkov: [CKV_AWS_11, CKV_AWS_12, CKV_AWS_14, CKV_AWS_15]
#     terrascan:
#       - AC_AWS_0134
#       - "AWS.Iam.IAM.Medium.0454"
#       - AC_AWS_0135
#       - "AWS.Iam.IAM.Medium.0457"
#       - AC_AWS_0136
#       - "AWS.Iam.IAM.Medium.0455"
#       - AC_AWS_0137
#       - "AWS.Iam.IAM.Medium.0456"
#   engines: [terraform]
package wayleave.aws.iam.password_characters

import data.wayleave.lib.resource

# The attributes, each with the rule of Terrascan that looked at it.
required := {
	"require_lowercase_characters": ["AC_AWS_0134", "AWS.Iam.IAM.Medium.0454"],
	"require_numbers": ["AC_AWS_0136", "AWS.Iam.IAM.Medium.0455"],
	"require_symbols": ["AC_AWS_0137", "AWS.Iam.IAM.Medium.0456"],
	"require_uppercase_characters": ["AC_AWS_0135", "AWS.Iam.IAM.Medium.0457"],
}

deny contains {"address": policy.address, "message": sprintf("%s is off", [attribute]), "aliases": aliases} if {
	some policy in input.resources.aws_iam_account_password_policy
	some attribute, aliases in required
	resource.is_off(policy, attribute)
}
