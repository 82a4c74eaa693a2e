# METADATA
# scope: package
# title: A role is not open to every account
# description: >-
#   A trust policy with Principal * lets any AWS account in the world assume the role and do what it may do.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
# custom:
#   id: WL-AWS-IAM-002
#   remedy: |-
#     Name who may assume the role:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/deployer" }
#     or, for the whole organization, add the condition aws:PrincipalOrgID.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_60"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.open_trust

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": "everybody may assume the role"} if {
	some holder in iam.documents(["aws_iam_role"])
	holder.path == "assume_role_policy"
	some statement in holder.document.statements
	iam.is_public(statement)
}
