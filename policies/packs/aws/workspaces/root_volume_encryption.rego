# METADATA
# scope: package
# title: The system disk of a desktop is encrypted
# description: >-
#   What lies on a desktop is copied there from everywhere; a snapshot of the disk can be read otherwise.
# related_resources:
#   - https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html
# custom:
#   id: WL-AWS-WORKSPACES-001
#   remedy: |-
#     In Terraform:
#       root_volume_encryption_enabled = true
#     In CloudFormation:
#       RootVolumeEncryptionEnabled: true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["WorkSpaces.2"]
#     checkov: ["CKV_AWS_156"]
#     terrascan: ["AC_AWS_0503", "AWS.AWW.DP.MEDIUM.040"]
#   engines: [terraform, cloudformation]
package wayleave.aws.workspaces.root_volume_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the disk is not encrypted"} if {
	some it in input.resources.aws_workspaces_workspace
	resource.is_off(it, "root_volume_encryption_enabled")
}
