# METADATA
# scope: package
# title: A session is encrypted with a key of your own
# description: >-
#   Besides TLS, a key decides who may open sessions at all.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging.html
# custom:
#   id: WL-AWS-SSM-003
#   remedy: |-
#     In Terraform:
#       inputs = { kmsKeyId = aws_kms_key.sessions.arn }
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_112"]
#   engines: [terraform]
package wayleave.aws.ssm.session_encryption

import data.wayleave.lib.ssm

deny contains {"address": document.address, "message": "sessions have no key"} if {
	some document in input.resources.aws_ssm_document
	object.get(ssm.session(document), "kmsKeyId", "") == ""
}
