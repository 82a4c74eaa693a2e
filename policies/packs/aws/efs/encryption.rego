# METADATA
# scope: package
# title: A file system is encrypted
# description: >-
#   What is written to a file system without encryption lies readable on disks and in backups, and it cannot be
#   encrypted later: everything has to be copied to a new one.
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
# custom:
#   id: WL-AWS-EFS-001
#   remedy: |-
#     In Terraform:
#       encrypted = true
#     In CloudFormation:
#       Encrypted: true
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["EFS.1", "EFS.8"]
#     checkov: ["CKV_AWS_42"]
#     cis-aws-3.0: ["2.4.1"]
#     terrascan: ["AC_AWS_0097", "AWS.EFS.EncryptionandKeyManagement.High.0409"]
#   engines: [terraform, cloudformation]
package wayleave.aws.efs.encryption

import data.wayleave.lib.resource

deny contains {"address": system.address, "message": "the file system is not encrypted"} if {
	some system in input.resources.aws_efs_file_system
	resource.is_off(system, "encrypted")
}
