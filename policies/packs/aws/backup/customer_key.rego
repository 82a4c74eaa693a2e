# METADATA
# scope: package
# title: A backup vault is encrypted with a key of your own
# description: >-
#   Backups under the key that AWS manages cannot be restored in another account, which is where one wants them
#   when this one is lost.
# related_resources:
#   - https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
# custom:
#   id: WL-AWS-BACKUP-001
#   remedy: |-
#     In Terraform:
#       kms_key_arn = aws_kms_key.backup.arn
#     In CloudFormation:
#       EncryptionKeyArn: !GetAtt Key.Arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Backup.1"]
#     checkov: ["CKV_AWS_166"]
#   engines: [terraform, cloudformation]
package wayleave.aws.backup.customer_key

import data.wayleave.lib.resource

deny contains {"address": vault.address, "message": "the vault is encrypted with the key that AWS manages"} if {
	some vault in input.resources.aws_backup_vault
	resource.is_missing(vault, "kms_key_arn")
}
