# METADATA
# scope: package
# title: A queue is encrypted with a key of your own
# description: >-
#   With a key of your own, who may read messages is decided a second time, by the policy of the key, and its
#   use is logged.
# related_resources:
#   - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
# custom:
#   id: WL-AWS-SQS-003
#   remedy: |-
#     In Terraform:
#       kms_master_key_id = aws_kms_key.orders.id
#     In CloudFormation:
#       KmsMasterKeyId: !Ref Key
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV2_AWS_73"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sqs.customer_key

import data.wayleave.lib.resource

deny contains {"address": queue.address, "message": "messages are encrypted with a key that AWS manages"} if {
	some queue in input.resources.aws_sqs_queue
	resource.value_or_default(queue, "kms_master_key_id", "alias/aws/sqs") == "alias/aws/sqs"
	not resource.is_false(object.get(queue.values, "sqs_managed_sse_enabled", null))
}
