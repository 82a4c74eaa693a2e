# METADATA
# scope: package
# title: Executions of a state machine are logged
# description: >-
#   The history of an execution is gone after ninety days, of an express one at once.
# related_resources:
#   - https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
# custom:
#   id: WL-AWS-STEPFUNCTIONS-001
#   remedy: |-
#     In Terraform:
#       logging_configuration {
#         log_destination = "arn:aws:logs:eu-west-1:222222222222:log-group:orders:*"
#         level           = "ERROR"
#       }
#     In CloudFormation:
#       LoggingConfiguration: {Level: ERROR, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: "arn:aws:logs:eu-west-1:222222222222:log-group:orders:*"}}]}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["StepFunctions.1"]
#     checkov: ["CKV_AWS_285"]
#   engines: [terraform, cloudformation]
package wayleave.aws.stepfunctions.logging

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_sfn_state_machine
	found := resource.value_or_default(it, "logging_configuration.0.level", "OFF")
	found in {"OFF"}
	message := sprintf("the level of logging is %s", [found])
}
