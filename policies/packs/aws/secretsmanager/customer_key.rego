# METADATA
# scope: package
# title: A secret is encrypted with a key of your own
# description: >-
#   A secret under the key that AWS manages cannot be shared with another account, and everybody in this one who
#   may read secrets reads it.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
# custom:
#   id: WL-AWS-SECRETSMANAGER-001
#   remedy: |-
#     In Terraform:
#       kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
#     In CloudFormation:
#       KmsKeyId: arn:aws:kms:eu-west-1:222222222222:key/1
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_149"]
#     terrascan: ["AC_AWS_0500", "AWS.SecretsManagerSecret.DP.MEDIUM.0036"]
#   engines: [terraform, cloudformation]
package wayleave.aws.secretsmanager.customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the secret is encrypted with the key that AWS manages"} if {
	some it in input.resources.aws_secretsmanager_secret
	resource.is_missing(it, "kms_key_id")
}
