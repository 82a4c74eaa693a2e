# METADATA
# scope: package
# title: A DocumentDB cluster takes connections over TLS only
# description: >-
#   Whoever sits between program and database reads passwords and documents.
# related_resources:
#   - https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
# custom:
#   id: WL-AWS-DOCDB-006
#   remedy: |-
#     In Terraform:
#       value = "enabled"
#     In CloudFormation:
#       tls: enabled
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["DocumentDB.6"]
#     checkov: ["CKV_AWS_90"]
#   engines: [terraform, cloudformation]
package wayleave.aws.docdb.transport_encryption

import data.wayleave.lib.resource
deny contains {"address": group.address, "message": "TLS is turned off"} if {
	some group in input.resources.aws_docdb_cluster_parameter_group
	some parameter in resource.blocks(group, "parameter")
	parameter.name == "tls"
	parameter.value == "disabled"
}
