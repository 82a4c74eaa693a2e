# METADATA
# scope: package
# title: A key policy is checked before it locks everybody out
# description: >-
#   Without the check, a policy may leave nobody who can change it; then only AWS Support can help.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
# custom:
#   id: WL-AWS-KMS-008
#   remedy: |-
#     In Terraform:
#       bypass_policy_lockout_safety_check = false
#     In CloudFormation: BypassPolicyLockoutSafetyCheck: false.
#   severity: low
#   category: Resilience
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.lockout_check

import data.wayleave.lib.resource

deny contains {"address": key.address, "message": "the policy is not checked"} if {
	some kind in ["aws_kms_external_key", "aws_kms_key", "aws_kms_key_policy", "aws_kms_replica_key"]
	some key in input.resources[kind]
	resource.is_true(resource.value(key, "bypass_policy_lockout_safety_check"))
}
