# METADATA
# scope: package
# title: A file system is encrypted with a key of your own
# description: >-
#   The key that AWS manages cannot be given a policy or be turned off when somebody has to be shut out at once.
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/EFSKMS.html
# custom:
#   id: WL-AWS-EFS-002
#   remedy: |-
#     In Terraform:
#       kms_key_id = aws_kms_key.home.arn
#     In CloudFormation:
#       KmsKeyId: !GetAtt Key.Arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_184"]
#     terrascan: ["AC_AWS_0098", "AWS.EFS.EncryptionandKeyManagement.High.0410"]
#   engines: [terraform, cloudformation]
package wayleave.aws.efs.customer_key

import data.wayleave.lib.resource

deny contains {"address": system.address, "message": "the file system is encrypted with the key that AWS manages"} if {
	some system in input.resources.aws_efs_file_system
	resource.is_true(system.values.encrypted)
	resource.is_missing(system, "kms_key_id")
}
