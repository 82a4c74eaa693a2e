# METADATA
# scope: package
# title: A backup vault's policy is not open to everybody
# description: >-
#   A vault that everybody may use can be filled with what a restore should never bring, or read by whoever
#   asks.
# related_resources:
#   - https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
# custom:
#   id: WL-AWS-BACKUP-002
#   remedy: |-
#     In Terraform:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/reader" }
#     In CloudFormation:
#       Principal: {AWS: arn:aws:iam::222222222222:role/reader}
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_283"]
#   engines: [terraform, cloudformation]
package wayleave.aws.backup.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_backup_vault_policy", "aws_backup_vault"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
