# METADATA
# scope: package
# title: A container cannot change its own files
# description: >-
#   What an intruder cannot write, he cannot run: no tools, no changed program.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html
# custom:
#   id: WL-AWS-ECS-003
#   remedy: |-
#     In Terraform:
#       readonlyRootFilesystem = true
#     In CloudFormation:
#       ReadonlyRootFilesystem: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ECS.5"]
#     checkov: ["CKV_AWS_336"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.read_only_root

import data.wayleave.lib.ecs

deny contains {"address": task.address, "message": message} if {
	some task in input.resources.aws_ecs_task_definition
	some container in ecs.containers(task)
	not object.get(container, "readonlyrootfilesystem", false) in {true, "true", null}
	message := sprintf("the container %s may write to its root", [ecs.name(container)])
}
