# METADATA
# scope: package
# title: A snapshot carries its Neptune cluster's tags
# description: >-
#   A snapshot without tags belongs to nobody: no cost centre pays for it, no rule keeps or deletes it.
# related_resources:
#   - https://docs.aws.amazon.com/neptune/latest/userguide/security.html
# custom:
#   id: WL-AWS-NEPTUNE-007
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#       copy_tags_to_snapshot = true
#     In CloudFormation:
#       StorageEncrypted: true
#       CopyTagsToSnapshot: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["Neptune.8"]
#     checkov: ["CKV_AWS_362"]
#   engines: [terraform, cloudformation]
package wayleave.aws.neptune.snapshot_tags

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "tags are not copied to snapshots"} if {
	some it in input.resources.aws_neptune_cluster
	resource.is_off(it, "copy_tags_to_snapshot")
}
