# METADATA
# scope: package
# title: Logs of a build are encrypted where they are kept
# description: >-
#   What a build prints often has more in it than was meant.
# related_resources:
#   - https://docs.aws.amazon.com/codebuild/latest/userguide/change-project.html
# custom:
#   id: WL-AWS-CODEBUILD-006
#   remedy: |-
#     In Terraform:
#       encryption_disabled = false
#     In CloudFormation:
#       EncryptionDisabled: false
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CodeBuild.3"]
#   engines: [terraform, cloudformation]
package wayleave.aws.codebuild.log_encryption

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "logs in the bucket are not encrypted"} if {
	some it in input.resources.aws_codebuild_project
	resource.is_true_by_default(it, "logs_config.0.s3_logs.0.encryption_disabled", false)
}
