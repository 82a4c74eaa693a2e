# METADATA
# scope: package
# title: A function has a bound of its own on how often it runs at once
# description: >-
#   All functions of an account share one pool. One that runs away takes it all, and the others are refused.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
# custom:
#   id: WL-AWS-LAMBDA-005
#   remedy: |-
#     In Terraform:
#       reserved_concurrent_executions = 50
#     In CloudFormation:
#       ReservedConcurrentExecutions: 50
#   severity: low
#   category: Resilience
#   frameworks:
#     checkov: ["CKV_AWS_115"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.concurrency

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the function may use the whole pool of the account"} if {
	some it in input.resources.aws_lambda_function
	found := resource.value_or_default(it, "reserved_concurrent_executions", -1)
	found in {-1}
}
