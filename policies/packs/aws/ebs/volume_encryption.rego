# METADATA
# scope: package
# title: A volume is encrypted
# description: >-
#   A snapshot or a detached disk of a volume that is not encrypted can be read by whoever gets hold of it;
#   encryption cannot be turned on later without a copy.
# related_resources:
#   - https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
# custom:
#   id: WL-AWS-EBS-001
#   remedy: |-
#     In Terraform:
#       encrypted  = true
#       kms_key_id = aws_kms_key.data.arn
#     In CloudFormation:
#       Encrypted: true
#       KmsKeyId: !GetAtt Key.Arn
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["EC2.3"]
#     checkov: ["CKV_AWS_3", "CKV2_AWS_2", "CKV_AWS_189"]
#     cis-aws-3.0: ["2.2.1"]
#     terrascan: ["AC_AWS_0459", "AWS.EBS.EKM.Medium.0682"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ebs.volume_encryption

import data.wayleave.lib.resource

deny contains {"address": volume.address, "message": "the volume is not encrypted"} if {
	some volume in input.resources.aws_ebs_volume
	not volume.values.encrypted == true
	not resource.is_uncertain(volume, "encrypted")
	not inherits(volume)
	not by_default
}

# A volume made of a snapshot is encrypted as the snapshot is.
inherits(volume) if {
	resource.is_set(volume, "snapshot_id")
	not volume.values.encrypted == false
}

# The same configuration turns encryption on for every new volume of the region.
by_default if {
	some setting in input.resources.aws_ebs_encryption_by_default
	not setting.values.enabled == false
}
