# METADATA
# scope: package
# title: A task does not see its machine's processes
# description: >-
#   With the processes of the machine in sight, one container reads the memory and environment of all others.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
# custom:
#   id: WL-AWS-ECS-004
#   remedy: |-
#     In Terraform:
#       pid_mode = "task"
#     In CloudFormation:
#       PidMode: task
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ECS.3"]
#     checkov: ["CKV_AWS_335"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.host_processes

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_ecs_task_definition
	found := resource.value(it, "pid_mode")
	found in {"host"}
	message := sprintf("the task has the processes of the %s", [found])
}
