# METADATA
# scope: package
# title: A repository's policy is not open to everybody
# description: >-
#   Whoever may pull reads code and the secrets that were left in it; whoever may push decides what runs.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
# custom:
#   id: WL-AWS-ECR-006
#   remedy: |-
#     In Terraform:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/reader" }
#     In CloudFormation:
#       Principal: {AWS: arn:aws:iam::222222222222:role/reader}
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_32", "CKV_AWS_283"]
#     terrascan: ["AC_AWS_0084", "AWS.ECR.DataSecurity.High.0579"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecr.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_ecr_repository_policy", "aws_ecr_repository"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
