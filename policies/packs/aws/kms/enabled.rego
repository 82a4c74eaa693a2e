# METADATA
# scope: package
# title: A key is enabled
# description: >-
#   With a disabled key, nothing that is encrypted with it can be read or written; a key that nobody needs is better
#   deleted.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html
# custom:
#   id: WL-AWS-KMS-007
#   remedy: |-
#     In Terraform:
#       is_enabled = true
#     In CloudFormation: Enabled: true.
#   severity: low
#   category: Resilience
#   frameworks:
#     checkov: ["CKV_AWS_227"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.enabled

import data.wayleave.lib.resource

deny contains {"address": key.address, "message": "the key is disabled"} if {
	some kind in ["aws_kms_external_key", "aws_kms_key", "aws_kms_replica_key"]
	some key in input.resources[kind]
	some path in ["is_enabled", "enabled"]
	resource.is_false(resource.value(key, path))
}
