# METADATA
# scope: package
# title: A delivery stream is encrypted
# description: >-
#   Records wait in Firehose until a batch is full.
# related_resources:
#   - https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
# custom:
#   id: WL-AWS-KINESIS-002
#   remedy: |-
#     In Terraform:
#       server_side_encryption {
#         enabled  = true
#         key_type = "CUSTOMER_MANAGED_CMK"
#         key_arn  = "arn:aws:kms:eu-west-1:222222222222:key/1"
#       }
#     In CloudFormation:
#       DeliveryStreamEncryptionConfigurationInput: {KeyType: CUSTOMER_MANAGED_CMK, KeyARN: arn:aws:kms:eu-west-1:222222222222:key/1}
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["DataFirehose.1"]
#     checkov: ["CKV_AWS_240", "CKV_AWS_241"]
#     terrascan: ["AC_AWS_0156", "AWS.Kinesis.EncryptionandKeyManagement.High.0411"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kinesis.firehose_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "records are not encrypted while they wait"} if {
	some it in input.resources.aws_kinesis_firehose_delivery_stream
	resource.is_off(it, "server_side_encryption.0.enabled")
	resource.is_missing(it, "kinesis_source_configuration")
}
