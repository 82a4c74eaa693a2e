# METADATA
# scope: package
# title: What a contact centre does with calls is logged
# description: >-
#   Without the logs of its flows nobody can say where a call went.
# related_resources:
#   - https://docs.aws.amazon.com/connect/latest/adminguide/about-contact-flow-logs.html
# custom:
#   id: WL-AWS-CONNECT-001
#   remedy: |-
#     In Terraform:
#       contact_flow_logs_enabled = true
#     In CloudFormation:
#       ContactflowLogs: true
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Connect.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.connect.logging

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "flows are not logged"} if {
	some it in input.resources.aws_connect_instance
	resource.is_off(it, "contact_flow_logs_enabled")
}
