# METADATA
# scope: package
# title: A file system's policy is not open to everybody
# description: >-
#   A policy that allows everybody lets every principal who reaches a mount target mount the file system,
#   without credentials.
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
# custom:
#   id: WL-AWS-EFS-003
#   remedy: |-
#     In Terraform:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/reader" }
#     In CloudFormation:
#       Principal: {AWS: arn:aws:iam::222222222222:role/reader}
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_283"]
#     terrascan: ["AC_AWS_0464", "AWS.AEFSP.IAM.HIGH.0059"]
#   engines: [terraform, cloudformation]
package wayleave.aws.efs.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_efs_file_system_policy", "aws_efs_file_system"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
