# METADATA
# scope: package
# title: The user's disk of a desktop is encrypted
# description: >-
#   What lies on a desktop is copied there from everywhere; a snapshot of the disk can be read otherwise.
# related_resources:
#   - https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html
# custom:
#   id: WL-AWS-WORKSPACES-002
#   remedy: |-
#     In Terraform:
#       user_volume_encryption_enabled = true
#     In CloudFormation:
#       UserVolumeEncryptionEnabled: true
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["WorkSpaces.1"]
#     checkov: ["CKV_AWS_155"]
#     terrascan: ["AC_AWS_0504", "AWS.AWW.DP.MEDIUM.041"]
#   engines: [terraform, cloudformation]
package wayleave.aws.workspaces.user_volume_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the disk is not encrypted"} if {
	some it in input.resources.aws_workspaces_workspace
	resource.is_off(it, "user_volume_encryption_enabled")
}
