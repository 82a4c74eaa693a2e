# METADATA
# scope: package
# title: What is typed in a session is kept, encrypted
# description: >-
#   Whoever opens a session is root on a machine; what was typed is known from its log only.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging.html
# custom:
#   id: WL-AWS-SSM-004
#   remedy: |-
#     In Terraform:
#       inputs = { s3BucketName = aws_s3_bucket.sessions.id, s3EncryptionEnabled = true }
#   severity: low
#   category: Logging and Monitoring
#   frameworks:
#     checkov: ["CKV_AWS_113"]
#   engines: [terraform]
package wayleave.aws.ssm.session_logs

import data.wayleave.lib.ssm

deny contains {"address": document.address, "message": "sessions are not logged, or not encrypted"} if {
	some document in input.resources.aws_ssm_document
	inputs := ssm.session(document)
	not is_kept(inputs)
}

is_kept(inputs) if {
	inputs.s3BucketName != ""
	inputs.s3EncryptionEnabled == true
}

is_kept(inputs) if {
	inputs.cloudWatchLogGroupName != ""
	inputs.cloudWatchEncryptionEnabled == true
}
