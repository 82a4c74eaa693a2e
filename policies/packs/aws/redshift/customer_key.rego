# METADATA
# scope: package
# title: A warehouse is encrypted with a key of your own
# description: >-
#   The key that AWS manages cannot be given a policy, or be turned off when somebody has to be shut out.
# related_resources:
#   - https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
# custom:
#   id: WL-AWS-REDSHIFT-003
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#       encrypted           = true
#       kms_key_id          = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       PubliclyAccessible: false
#       Encrypted: true
#       KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_142"]
#   engines: [terraform, cloudformation]
package wayleave.aws.redshift.customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the warehouse is encrypted with the key that AWS manages"} if {
	some it in input.resources.aws_redshift_cluster
	resource.is_missing(it, "kms_key_id")
	resource.is_true(it.values.encrypted)
}
