# METADATA
# scope: package
# title: A container is not privileged
# description: >-
#   A privileged container is root on its machine, and of every container beside it.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html
# custom:
#   id: WL-AWS-ECS-002
#   remedy: |-
#     In Terraform:
#       privileged = false
#     In CloudFormation:
#       Privileged: false
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ECS.4"]
#     checkov: ["CKV_AWS_334"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.privileged

import data.wayleave.lib.ecs

deny contains {"address": task.address, "message": message} if {
	some task in input.resources.aws_ecs_task_definition
	some container in ecs.containers(task)
	is_on(container.privileged)
	message := sprintf("the container %s is privileged", [ecs.name(container)])
}

is_on(flag) if flag in {true, "true"}
