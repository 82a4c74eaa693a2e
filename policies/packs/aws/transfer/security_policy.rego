# METADATA
# scope: package
# title: A server for files takes strong ciphers only
# description: >-
#   The default of 2018 takes ciphers and hashes that are broken.
# related_resources:
#   - https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html
# custom:
#   id: WL-AWS-TRANSFER-003
#   remedy: |-
#     In Terraform:
#       security_policy_name = "TransferSecurityPolicy-2024-01"
#     In CloudFormation:
#       SecurityPolicyName: TransferSecurityPolicy-2024-01
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_380"]
#   engines: [terraform, cloudformation]
package wayleave.aws.transfer.security_policy

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_transfer_server
	found := resource.value_or_default(it, "security_policy_name", "TransferSecurityPolicy-2018-11")
	found in {"TransferSecurityPolicy-2018-11", "TransferSecurityPolicy-2020-06"}
	message := sprintf("the policy is %s", [found])
}
