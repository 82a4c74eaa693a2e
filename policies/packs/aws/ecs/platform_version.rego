# METADATA
# scope: package
# title: Tasks run on the newest platform
# description: >-
#   An old platform of Fargate gets no patches of its kernel.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html
# custom:
#   id: WL-AWS-ECS-008
#   remedy: |-
#     In Terraform:
#       platform_version = "LATEST"
#     In CloudFormation:
#       PlatformVersion: LATEST
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["ECS.10"]
#     checkov: ["CKV_AWS_332"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.platform_version

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_ecs_service
	found := resource.value(it, "platform_version")
	not found in {"LATEST", "1.4.0"}
	message := sprintf("the platform is %s", [found])
}
