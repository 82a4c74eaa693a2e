# METADATA
# scope: package
# title: A stream is encrypted
# description: >-
#   What passes through a stream stays on its disks for a day and up to a year.
# related_resources:
#   - https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html
# custom:
#   id: WL-AWS-KINESIS-001
#   remedy: |-
#     In Terraform:
#       encryption_type = "KMS"
#       kms_key_id      = "alias/audit"
#     In CloudFormation:
#       StreamEncryption: {EncryptionType: KMS, KeyId: alias/audit}
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Kinesis.1"]
#     checkov: ["CKV_AWS_43", "CKV_AWS_185"]
#     terrascan: ["AC_AWS_0157", "AWS.Kinesis.EncryptionandKeyManagement.High.0412"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kinesis.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_kinesis_stream
	found := resource.value_or_default(it, "encryption_type", "NONE")
	not found in {"KMS"}
	message := sprintf("the stream is encrypted by %s", [found])
}
