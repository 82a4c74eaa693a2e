# METADATA
# scope: package
# title: What a transform learns is encrypted
# description: >-
#   A transform keeps examples of the data it was taught with.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/encryption-at-rest.html
# custom:
#   id: WL-AWS-GLUE-004
#   remedy: |-
#     In CloudFormation:
#       TransformEncryption: {MLUserDataEncryption: {MLUserDataEncryptionMode: SSE-KMS, KmsKeyId: alias/glue}}
#   severity: low
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["Glue.3"]
#   engines: [cloudformation]
package wayleave.aws.glue.transform_encryption

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the transform is not encrypted"} if {
	some it in input.resources.aws_glue_ml_transform
	resource.value_or_default(it, "transform_encryption.0.ml_user_data_encryption.0.ml_user_data_encryption_mode", "DISABLED") in {"DISABLED"}
}
