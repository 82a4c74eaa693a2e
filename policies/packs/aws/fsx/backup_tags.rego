# METADATA
# scope: package
# title: A backup carries the tags of its file system
# description: >-
#   Rights, costs and retention that go by tags do not hold for a backup without them.
# related_resources:
#   - https://docs.aws.amazon.com/fsx/latest/WindowsGuide/using-backups.html
# custom:
#   id: WL-AWS-FSX-002
#   remedy: |-
#     In Terraform:
#       copy_tags_to_backups = true
#     In CloudFormation:
#       CopyTagsToBackups: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["FSx.1", "FSx.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.fsx.backup_tags

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "tags are not copied to backups"} if {
	some it in resource.of_types(["aws_fsx_windows_file_system", "aws_fsx_openzfs_file_system", "aws_fsx_lustre_file_system"])
	resource.is_off(it, "copy_tags_to_backups")
	not keeps_nothing(it)
}

# Scratch file systems, which is what Lustre makes where nothing is written, have no backups.
keeps_nothing(it) if {
	some lustre in input.resources.aws_fsx_lustre_file_system
	lustre.address == it.address
	not startswith(resource.value_or_default(it, "deployment_type", "SCRATCH_1"), "PERSISTENT")
}

keeps_nothing(it) if resource.is_uncertain(it, "deployment_type")
