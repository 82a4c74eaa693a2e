# METADATA
# scope: package
# title: What a move of data does is logged
# description: >-
#   Without the log nobody can say which rows were left behind, or why it stopped.
# related_resources:
#   - https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.Logging.html
# custom:
#   id: WL-AWS-DMS-006
#   remedy: |-
#     In Terraform:
#       replication_task_settings = jsonencode({ Logging = { EnableLogging = true } })
#     In CloudFormation:
#       ReplicationTaskSettings: '{"Logging": {"EnableLogging": true}}'
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["DMS.7", "DMS.8"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dms.task_logging

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the task is not logged"} if {
	some it in input.resources.aws_dms_replication_task
	resource.is_missing(it, "replication_task_settings")
}

deny contains {"address": it.address, "message": "the task is not logged"} if {
	some it in input.resources.aws_dms_replication_task
	text := it.values.replication_task_settings
	is_object(json.unmarshal(text))
	settings := json.unmarshal(text)
	object.get(settings, ["Logging", "EnableLogging"], false) == false
}
