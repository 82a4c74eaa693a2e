# METADATA
# scope: package
# title: A key has a policy of its own
# description: >-
#   Without a policy, everybody in the account whose IAM policies allow it may use and manage the key. A policy of its own
#   says who manages it and who uses it.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
# custom:
#   id: WL-AWS-KMS-005
#   remedy: |-
#     In Terraform:
#       policy = data.aws_iam_policy_document.data_key.json
#     In CloudFormation: KeyPolicy.
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV2_AWS_64"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.policy_defined

import data.wayleave.lib.resource

deny contains {"address": key.address, "message": "the key has the default policy"} if {
	some key in input.resources.aws_kms_key
	resource.is_missing(key, "policy")
	not key.documents.policy
	count(resource.attached(key, "aws_kms_key_policy", "key_id")) == 0
	not resource.may_be_attached("aws_kms_key_policy", "key_id")
}
