# METADATA
# scope: package
# title: A file system is backed up
# description: >-
#   What is deleted or encrypted by an intruder is gone unless there is a backup elsewhere.
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
# custom:
#   id: WL-AWS-EFS-006
#   remedy: |-
#     In Terraform:
#       backup_policy {
#         status = "ENABLED"
#       }
#     In CloudFormation:
#       BackupPolicy: {Status: ENABLED}
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["EFS.2", "EFS.7"]
#   engines: [terraform, cloudformation]
package wayleave.aws.efs.backup

import data.wayleave.lib.resource

deny contains {"address": policy.address, "message": "automatic backups are turned off"} if {
	some policy in input.resources.aws_efs_backup_policy
	some block in resource.blocks(policy, "backup_policy")
	block.status == "DISABLED"
}
