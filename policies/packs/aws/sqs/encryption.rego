# METADATA
# scope: package
# title: A queue is encrypted
# description: >-
#   Messages wait on disks. Without encryption they can be read there.
# related_resources:
#   - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
# custom:
#   id: WL-AWS-SQS-002
#   remedy: |-
#     In Terraform:
#       kms_master_key_id = "alias/orders"
#     In CloudFormation:
#       KmsMasterKeyId: alias/orders
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["SQS.1"]
#     checkov: ["CKV_AWS_27"]
#     terrascan: ["AC_AWS_0366", "AWS.SQS.NetworkSecurity.High.0570"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sqs.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "encryption is turned off"} if {
	some it in input.resources.aws_sqs_queue
	resource.is_false_or_missing(it, "sqs_managed_sse_enabled", true)
	resource.is_missing(it, "kms_master_key_id")
}
