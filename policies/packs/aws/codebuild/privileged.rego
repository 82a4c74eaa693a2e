# METADATA
# scope: package
# title: A build is not privileged
# description: >-
#   A privileged build is root on its machine; it is needed for building images with Docker only.
# related_resources:
#   - https://docs.aws.amazon.com/codebuild/latest/userguide/create-project.html
# custom:
#   id: WL-AWS-CODEBUILD-001
#   remedy: |-
#     In Terraform:
#       privileged_mode = false
#     In CloudFormation:
#       PrivilegedMode: false
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["CodeBuild.5"]
#     checkov: ["CKV_AWS_316"]
#   engines: [terraform, cloudformation]
package wayleave.aws.codebuild.privileged

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the build is privileged"} if {
	some it in input.resources.aws_codebuild_project
	resource.is_true_by_default(it, "environment.0.privileged_mode", false)
}
