# METADATA
# scope: package
# title: Every kind of resource is recorded
# description: >-
#   What is not recorded has no history: nobody can say what it was like when the intruder came.
# related_resources:
#   - https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
# custom:
#   id: WL-AWS-CONFIG-001
#   remedy: |-
#     In Terraform:
#       recording_group {
#         all_supported                 = true
#         include_global_resource_types = true
#       }
#     In CloudFormation:
#       RecordingGroup: {AllSupported: true, IncludeGlobalResourceTypes: true}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["Config.1"]
#     checkov: ["CKV2_AWS_45", "CKV2_AWS_48"]
#     cis-aws-3.0: ["3.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.config.records_everything

import data.wayleave.lib.resource

deny contains {"address": recorder.address, "message": "some kinds of resources are not recorded"} if {
	some recorder in input.resources.aws_config_configuration_recorder
	some index, group in recorder.values.recording_group
	resource.is_false_or_missing(recorder, sprintf("recording_group.%d.all_supported", [index]), true)
	count(object.get(group, "exclusion_by_resource_types", [])) == 0
}

deny contains {"address": recorder.address, "message": "resources that are in no region are not recorded"} if {
	some recorder in input.resources.aws_config_configuration_recorder
	resource.is_true_by_default(recorder, "recording_group.0.all_supported", true)
	resource.is_off(recorder, "recording_group.0.include_global_resource_types")
}
