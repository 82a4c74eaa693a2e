# METADATA
# scope: package
# title: Events that a function could not handle are kept
# description: >-
#   An event of an asynchronous call is tried three times and then thrown away, unless there is a queue or topic
#   for it.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
# custom:
#   id: WL-AWS-LAMBDA-004
#   remedy: |-
#     In Terraform:
#       dead_letter_config {
#         target_arn = "arn:aws:sqs:eu-west-1:222222222222:orders-failed"
#       }
#     In CloudFormation:
#       DeadLetterConfig: {TargetArn: arn:aws:sqs:eu-west-1:222222222222:orders-failed}
#   severity: low
#   category: Resilience
#   frameworks:
#     checkov: ["CKV_AWS_116"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.dead_letters

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "there is no place for events that failed"} if {
	some it in input.resources.aws_lambda_function
	resource.is_missing(it, "dead_letter_config")
	not has_destination(it)
}

# The newer way: a destination for failures.
has_destination(function) if {
	some configuration in resource.attached(function, "aws_lambda_function_event_invoke_config", "function_name")
	resource.is_set(configuration, "destination_config.0.on_failure")
}
