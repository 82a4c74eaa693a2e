# METADATA
# scope: package
# title: A task has a network of its own
# description: >-
#   In the other modes a task shares the security groups of its machine with all others on it.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
# custom:
#   id: WL-AWS-ECS-010
#   remedy: |-
#     In Terraform:
#       network_mode = "awsvpc"
#     In CloudFormation:
#       NetworkMode: awsvpc
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ECS.1"]
#     aws-security-hub: ["ECS.17"]
#     terrascan: ["AC_AWS_0088", "AWS.EcsCluster.NetworkSecurity.High.0104"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.network_mode

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_ecs_task_definition
	found := resource.value(it, "network_mode")
	not found in {"awsvpc", "none"}
	message := sprintf("the network mode is %s", [found])
}
