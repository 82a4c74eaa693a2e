# METADATA
# scope: package
# title: A volume is encrypted with a key of your own
# description: >-
#   The key that AWS manages for EBS cannot be given a policy, be shared with another account for a restore, or
#   be turned off in an emergency.
# related_resources:
#   - https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html
# custom:
#   id: WL-AWS-EBS-002
#   remedy: |-
#     In Terraform:
#       kms_key_id = aws_kms_key.data.arn
#     In CloudFormation:
#       KmsKeyId: !GetAtt Key.Arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_189", "CKV_AWS_183"]
#     terrascan: ["AC_AWS_0460", "AWS.EcsCluster.EncryptionandKeyManagement.High.0413"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ebs.customer_key

import data.wayleave.lib.resource

deny contains {"address": volume.address, "message": "the volume is encrypted with the key that AWS manages"} if {
	some kind in ["aws_ebs_snapshot_copy", "aws_ebs_volume"]
	some volume in input.resources[kind]
	volume.values.encrypted == true
	not resource.is_set(volume, "kms_key_id")
	not another_default
}

another_default if count(input.resources.aws_ebs_default_kms_key) > 0
