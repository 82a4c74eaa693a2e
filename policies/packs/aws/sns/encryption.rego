# METADATA
# scope: package
# title: A topic is encrypted with a KMS key
# description: >-
#   SNS encrypts nothing by itself unless it is given a key; messages that wait for delivery are readable on
#   disks.
# related_resources:
#   - https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
# custom:
#   id: WL-AWS-SNS-002
#   remedy: |-
#     In Terraform:
#       kms_master_key_id = "alias/orders"
#     In CloudFormation:
#       KmsMasterKeyId: alias/orders
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-security-hub: ["SNS.1"]
#     checkov: ["CKV_AWS_26"]
#     terrascan: ["AC_AWS_0502", "AWS.AST.DP.MEDIUM.0037"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sns.encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the topic has no key"} if {
	some it in input.resources.aws_sns_topic
	resource.is_missing(it, "kms_master_key_id")
}
