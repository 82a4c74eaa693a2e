# METADATA
# scope: package
# title: What a job writes is encrypted, with its bookmarks and logs
# description: >-
#   A job copies data to places that are looked after less than its source.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/console-security-configurations.html
# custom:
#   id: WL-AWS-GLUE-002
#   remedy: |-
#     In Terraform:
#       cloudwatch_encryption_mode    = "SSE-KMS"
#       job_bookmarks_encryption_mode = "CSE-KMS"
#       s3_encryption_mode            = "SSE-KMS"
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_99"]
#   engines: [terraform]
package wayleave.aws.glue.security_configuration

import data.wayleave.lib.resource

modes := {
	"logs": "cloudwatch_encryption.0.cloudwatch_encryption_mode",
	"bookmarks": "job_bookmarks_encryption.0.job_bookmarks_encryption_mode",
	"data": "s3_encryption.0.s3_encryption_mode",
}

deny contains {"address": configuration.address, "message": message} if {
	some configuration in input.resources.aws_glue_security_configuration
	plain := [what |
		some what, path in modes
		resource.value_or_default(configuration, concat(".", ["encryption_configuration.0", path]), "DISABLED") == "DISABLED"
	]
	count(plain) > 0
	message := sprintf("not encrypted: %s", [concat(", ", plain)])
}
