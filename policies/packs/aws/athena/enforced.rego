# METADATA
# scope: package
# title: Users cannot go round what a workgroup says
# description: >-
#   Otherwise every user chooses where results go, and whether they are encrypted.
# related_resources:
#   - https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html
# custom:
#   id: WL-AWS-ATHENA-002
#   remedy: |-
#     In Terraform:
#       enforce_workgroup_configuration = true
#     In CloudFormation:
#       EnforceWorkGroupConfiguration: true
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_82"]
#   engines: [terraform, cloudformation]
package wayleave.aws.athena.enforced

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "users may go round the settings"} if {
	some it in input.resources.aws_athena_workgroup
	resource.is_false_or_missing(it, "configuration.0.enforce_workgroup_configuration", true)
}
