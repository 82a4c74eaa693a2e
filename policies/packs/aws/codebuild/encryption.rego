# METADATA
# scope: package
# title: What a build makes is encrypted with a key of your own
# description: >-
#   Packages that go to production wait in a bucket; who may read them is decided a second time by the key.
# related_resources:
#   - https://docs.aws.amazon.com/codebuild/latest/userguide/security-encryption.html
# custom:
#   id: WL-AWS-CODEBUILD-003
#   remedy: |-
#     In Terraform:
#       encryption_key = aws_kms_key.build.arn
#     In CloudFormation:
#       EncryptionKey: !GetAtt Key.Arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_147"]
#   engines: [terraform, cloudformation]
package wayleave.aws.codebuild.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "packages are encrypted with a key of AWS"} if {
	some it in input.resources.aws_codebuild_project
	resource.is_missing(it, "encryption_key")
}
