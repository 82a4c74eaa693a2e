# METADATA
# scope: package
# title: A key is rotated
# description: >-
#   With rotation, a key that leaked opens what was written in one period, not everything since it was made.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
# custom:
#   id: WL-AWS-KMS-001
#   remedy: |-
#     In Terraform:
#       enable_key_rotation = true
#     In CloudFormation: EnableKeyRotation: true. Data need not be encrypted again.
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-security-hub: ["KMS.4"]
#     checkov: ["CKV_AWS_7"]
#     cis-aws-3.0: ["3.6"]
#     terrascan: ["AC_AWS_0160", "AWS.AKK.DP.HIGH.0012"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.rotation

import data.wayleave.lib.resource

deny contains {"address": key.address, "message": "the key is never rotated"} if {
	some key in input.resources.aws_kms_key
	not key.values.enable_key_rotation == true
	not resource.is_uncertain(key, "enable_key_rotation")
	can_rotate(key)
}

# Only symmetric keys whose material is made by KMS can be.
can_rotate(key) if {
	every attribute in ["customer_master_key_spec", "key_spec"] {
		object.get(key.values, attribute, "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT"
		not resource.is_uncertain(key, attribute)
	}
	not resource.is_set(key, "custom_key_store_id")
	not key.values.origin == "EXTERNAL"
}
