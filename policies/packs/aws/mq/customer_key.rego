# METADATA
# scope: package
# title: A broker is encrypted with a key of your own
# description: >-
#   The key that AWS owns cannot be seen, given a policy, or turned off.
# related_resources:
#   - https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/data-protection.html
# custom:
#   id: WL-AWS-MQ-004
#   remedy: |-
#     In Terraform:
#       encryption_options {
#         use_aws_owned_key = false
#         kms_key_id        = "arn:aws:kms:eu-west-1:222222222222:key/1"
#       }
#     In CloudFormation:
#       EncryptionOptions: {UseAwsOwnedKey: false, KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1}
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_209"]
#   engines: [terraform, cloudformation]
package wayleave.aws.mq.customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the broker is encrypted with a key that AWS owns"} if {
	some it in input.resources.aws_mq_broker
	resource.is_true_by_default(it, "encryption_options.0.use_aws_owned_key", true)
}
