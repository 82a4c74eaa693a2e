# METADATA
# scope: package
# title: The data catalogue is encrypted
# description: >-
#   The catalogue knows where all data is, what its columns are called, and the passwords of its connections.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html
# custom:
#   id: WL-AWS-GLUE-001
#   remedy: |-
#     In Terraform:
#       catalog_encryption_mode = "SSE-KMS"
#     In CloudFormation:
#       CatalogEncryptionMode: SSE-KMS
#   severity: medium
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_94"]
#   engines: [terraform, cloudformation]
package wayleave.aws.glue.catalog_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_glue_data_catalog_encryption_settings
	found := resource.value(it, "data_catalog_encryption_settings.0.encryption_at_rest.0.catalog_encryption_mode")
	found in {"DISABLED"}
	message := sprintf("the catalogue is not encrypted (%s)", [found])
}
