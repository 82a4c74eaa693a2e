# METADATA
# scope: package
# title: A secret's policy is not open to everybody
# description: >-
#   A secret that everybody may read is none.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
# custom:
#   id: WL-AWS-SECRETSMANAGER-004
#   remedy: |-
#     In Terraform:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/reader" }
#     In CloudFormation:
#       Principal: {AWS: arn:aws:iam::222222222222:role/reader}
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_283"]
#     terrascan: ["AC_AWS_0501", "AWS.ASSP.IAM.HIGH.0066"]
#   engines: [terraform, cloudformation]
package wayleave.aws.secretsmanager.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_secretsmanager_secret_policy", "aws_secretsmanager_secret"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
