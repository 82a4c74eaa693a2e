# METADATA
# scope: package
# title: A secret parameter is encrypted with a key of your own
# description: >-
#   Under the key that AWS manages, everybody in the account who may read parameters reads it.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html
# custom:
#   id: WL-AWS-SSM-002
#   remedy: |-
#     In Terraform:
#       key_id = aws_kms_key.parameters.arn
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_337"]
#   engines: [terraform]
package wayleave.aws.ssm.parameter_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the parameter is encrypted with the key that AWS manages"} if {
	some it in input.resources.aws_ssm_parameter
	resource.is_missing(it, "key_id")
	it.values.type == "SecureString"
}
