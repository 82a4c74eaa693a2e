# METADATA
# scope: package
# title: Reports of tests are encrypted where they are kept
# description: >-
#   Reports show how a program is made, and often data it was tried with.
# related_resources:
#   - https://docs.aws.amazon.com/codebuild/latest/userguide/test-report-group-create-cli.html
# custom:
#   id: WL-AWS-CODEBUILD-007
#   remedy: |-
#     In Terraform:
#       encryption_disabled = false
#     In CloudFormation:
#       EncryptionDisabled: false
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["CodeBuild.7"]
#   engines: [terraform, cloudformation]
package wayleave.aws.codebuild.report_encryption

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "reports in the bucket are not encrypted"} if {
	some it in input.resources.aws_codebuild_report_group
	resource.is_true_by_default(it, "export_config.0.s3_destination.0.encryption_disabled", false)
}
