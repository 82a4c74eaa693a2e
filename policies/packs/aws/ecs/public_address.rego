# METADATA
# scope: package
# title: A task has no public address
# description: >-
#   A task with a public address is tried by the internet, past the load balancer and its web ACL.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
# custom:
#   id: WL-AWS-ECS-007
#   remedy: |-
#     In Terraform:
#       assign_public_ip = false
#     In CloudFormation:
#       AssignPublicIp: DISABLED
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ECS.2"]
#     checkov: ["CKV_AWS_333"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.public_address

import data.wayleave.lib.resource

deny contains {"address": service.address, "message": "its tasks get public addresses"} if {
	some service in input.resources.aws_ecs_service
	some network in resource.blocks(service, "network_configuration")
	network.assign_public_ip in {true, "true", "ENABLED"}
}
