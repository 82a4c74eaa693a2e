# METADATA
# scope: package
# title: A database of Athena is encrypted
# description: >-
#   Its tables and results are files in a bucket.
# related_resources:
#   - https://docs.aws.amazon.com/athena/latest/ug/encryption.html
# custom:
#   id: WL-AWS-ATHENA-003
#   remedy: |-
#     In Terraform:
#       encryption_configuration {
#         encryption_option = "SSE_S3"
#       }
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_77"]
#     terrascan: ["AC_AWS_0443", "AWS.ADB.DP.MEDIUM.016"]
#   engines: [terraform]
package wayleave.aws.athena.database_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the database is not encrypted"} if {
	some it in input.resources.aws_athena_database
	resource.is_missing(it, "encryption_configuration")
}
