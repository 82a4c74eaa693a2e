# METADATA
# scope: package
# title: What a container prints is kept
# description: >-
#   What a container prints is gone with it.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
# custom:
#   id: WL-AWS-ECS-012
#   remedy: |-
#     In Terraform:
#       logConfiguration = {
#         logDriver = "awslogs"
#         options   = { awslogs-group = "/shop", awslogs-region = "eu-west-1", awslogs-stream-prefix = "shop" }
#       }
#     In CloudFormation:
#       LogConfiguration:
#         LogDriver: awslogs
#         Options: {awslogs-group: /shop, awslogs-region: eu-west-1, awslogs-stream-prefix: shop}
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     aws-fsbp: ["ECS.9"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.logging

import data.wayleave.lib.ecs

deny contains {"address": task.address, "message": message} if {
	some task in input.resources.aws_ecs_task_definition
	some container in ecs.containers(task)
	not "logconfiguration" in object.keys(container)
	message := sprintf("the container %s has no log", [ecs.name(container)])
}
