# METADATA
# scope: package
# title: Images are encrypted with a KMS key
# description: >-
#   With a KMS key, who may read images is decided a second time, and seen in CloudTrail. It cannot be changed
#   after the repository is made.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
# custom:
#   id: WL-AWS-ECR-003
#   remedy: |-
#     In Terraform:
#       encryption_configuration {
#         encryption_type = "KMS"
#         kms_key         = aws_kms_key.images.arn
#       }
#     In CloudFormation:
#       EncryptionConfiguration: {EncryptionType: KMS, KmsKey: !GetAtt Key.Arn}
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-security-hub: ["ECR.5"]
#     checkov: ["CKV_AWS_136"]
#     terrascan: ["AC_AWS_0461", "AWS.AER.DP.MEDIUM.0026"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ecr.kms_encryption

import data.wayleave.lib.resource

deny contains {"address": repository.address, "message": "images are encrypted with keys of S3, not with a KMS key"} if {
	some repository in input.resources.aws_ecr_repository
	resource.value_or_default(repository, "encryption_configuration.0.encryption_type", "AES256") == "AES256"
}
