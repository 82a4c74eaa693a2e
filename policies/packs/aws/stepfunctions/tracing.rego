# METADATA
# scope: package
# title: A state machine is traced
# description: >-
#   A trace shows which step, and which service behind it, was slow or failed.
# related_resources:
#   - https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
# custom:
#   id: WL-AWS-STEPFUNCTIONS-002
#   remedy: |-
#     In Terraform:
#       tracing_configuration {
#         enabled = true
#       }
#     In CloudFormation:
#       TracingConfiguration: {Enabled: true}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_284"]
#   engines: [terraform, cloudformation]
package wayleave.aws.stepfunctions.tracing

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "executions are not traced"} if {
	some it in input.resources.aws_sfn_state_machine
	resource.is_off(it, "tracing_configuration.0.enabled")
}
