# METADATA
# scope: package
# title: Results of queries are encrypted
# description: >-
#   Every result is a copy of data, in a bucket that is looked after less than its source.
# related_resources:
#   - https://docs.aws.amazon.com/athena/latest/ug/encryption.html
# custom:
#   id: WL-AWS-ATHENA-001
#   remedy: |-
#     In Terraform:
#       encryption_configuration {
#         encryption_option = "SSE_S3"
#       }
#     In CloudFormation:
#       EncryptionConfiguration: {EncryptionOption: SSE_S3}
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Athena.1"]
#     checkov: ["CKV_AWS_159"]
#   engines: [terraform, cloudformation]
package wayleave.aws.athena.result_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "results are not encrypted"} if {
	some it in input.resources.aws_athena_workgroup
	resource.is_missing(it, "configuration.0.result_configuration.0.encryption_configuration")
}
