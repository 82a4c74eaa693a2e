# METADATA
# scope: package
# title: The secrets of a cluster are encrypted with a key of your own
# description: >-
#   Secrets of Kubernetes are plain text to whoever reads its store or a backup of it.
# related_resources:
#   - https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
# custom:
#   id: WL-AWS-EKS-003
#   remedy: |-
#     In Terraform:
#       encryption_config {
#         resources = ["secrets"]
#         provider {
#           key_arn = aws_kms_key.eks.arn
#         }
#       }
#     In CloudFormation:
#       EncryptionConfig: [{Resources: [secrets], Provider: {KeyArn: !GetAtt Key.Arn}}]
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["EKS.3"]
#     checkov: ["CKV_AWS_58"]
#   engines: [terraform, cloudformation]
package wayleave.aws.eks.secrets_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "secrets are encrypted with a key of AWS only"} if {
	some it in input.resources.aws_eks_cluster
	resource.is_missing(it, "encryption_config")
}
