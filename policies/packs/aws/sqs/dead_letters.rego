# METADATA
# scope: package
# title: Messages that cannot be handled are put aside
# description: >-
#   Without a dead-letter queue a message that breaks its reader comes back again and again until it expires,
#   and then it is gone.
# related_resources:
#   - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
# custom:
#   id: WL-AWS-SQS-004
#   remedy: |-
#     In Terraform:
#       redrive_policy = jsonencode({
#         deadLetterTargetArn = aws_sqs_queue.failed.arn
#         maxReceiveCount     = 5
#       })
#     In CloudFormation:
#       RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}
#   severity: low
#   category: Resilience
#   engines: [terraform, cloudformation]
package wayleave.aws.sqs.dead_letters

import data.wayleave.lib.resource

deny contains {"address": queue.address, "message": "there is no queue for messages that cannot be handled"} if {
	some queue in input.resources.aws_sqs_queue
	resource.is_missing(queue, "redrive_policy")
	resource.is_missing(queue, "redrive_allow_policy")
	count(resource.attached(queue, "aws_sqs_queue_redrive_policy", "queue_url")) == 0
	not resource.may_be_attached("aws_sqs_queue_redrive_policy", "queue_url")
	not is_target(queue)
}

# The queue for the messages of another one needs none itself.
is_target(queue) if {
	some kind in ["aws_sqs_queue", "aws_sqs_queue_redrive_policy"]
	some other in input.resources[kind]
	queue.address in resource.links(other, "redrive_policy")
}

is_target(queue) if regex.match(`(?i)(dlq|dead|failed)`, queue.address)

is_target(queue) if regex.match(`(?i)(dlq|dead|failed)`, queue.values.name)
