# METADATA
# scope: package
# title: A policy does not allow everything
# description: >-
#   Whoever gets hold of a principal with Action * on Resource * owns the account: data, users, logs and bills.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: WL-AWS-IAM-001
#   remedy: |-
#     Name the actions and resources that are needed:
#       actions   = ["s3:GetObject"]
#       resources = ["${aws_s3_bucket.logs.arn}/*"]
#     IAM Access Analyzer can write such a policy from what a role has really done.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.1"]
#     checkov: ["CKV_AWS_1", "CKV_AWS_49", "CKV_AWS_62", "CKV_AWS_63"]
#     cis-aws-3.0: ["1.16"]
#     terrascan: ["AC_AWS_0143", "AC-AW-IA-H-0392", "AC_AWS_0144", "AC-AW-IA-H-1187", "AC_AWS_0146", "AC-AW-IA-H-1188", "AC_AWS_0147", "AC-AW-IA-H-1189", "AC_AWS_0474", "AC-AW-IA-H-1190"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.full_access

import data.wayleave.lib.iam

kinds := [
	"aws_iam_policy", "aws_iam_role", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy",
	"aws_ssoadmin_permission_set_inline_policy",
]

deny contains {"address": holder.address, "message": "the policy allows every action on every resource"} if {
	some holder in iam.documents(kinds)
	some statement in holder.document.statements
	allows_on_everything(statement)
	some action in statement.actions
	action in {"*", "*:*"}
}

deny contains {"address": holder.address, "message": message, "severity": "medium"} if {
	some holder in iam.documents(kinds)
	some statement in holder.document.statements
	allows_on_everything(statement)
	excepted := [action | some action in statement.not_actions; is_string(action)]
	count(excepted) > 0
	message := sprintf("the policy allows every action but %s on every resource", [concat(", ", excepted)])
}

allows_on_everything(statement) if {
	iam.allows(statement)
	"*" in statement.resources
	statement.conditions == {}
}
