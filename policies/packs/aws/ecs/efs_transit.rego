# METADATA
# scope: package
# title: A task reaches its file system over TLS
# description: >-
#   What a task reads and writes can be read on the wire otherwise.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
# custom:
#   id: WL-AWS-ECS-005
#   remedy: |-
#     In Terraform:
#       efs_volume_configuration {
#         file_system_id     = aws_efs_file_system.home.id
#         transit_encryption = "ENABLED"
#       }
#     In CloudFormation:
#       EFSVolumeConfiguration: {FilesystemId: !Ref Home, TransitEncryption: ENABLED}
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_97"]
#     terrascan: ["AC_AWS_0463", "AWS.AETD.IS.MEDIUM.0043"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecs.efs_transit

import data.wayleave.lib.resource

deny contains {"address": task.address, "message": message} if {
	some task in input.resources.aws_ecs_task_definition
	some index, volume in task.values.volume
	some place, _ in volume.efs_volume_configuration
	path := sprintf("volume.%d.efs_volume_configuration.%d.transit_encryption", [index, place])
	resource.value_or_default(task, path, "DISABLED") == "DISABLED"
	message := sprintf("the volume %s is reached without TLS", [object.get(volume, "name", "without a name")])
}
