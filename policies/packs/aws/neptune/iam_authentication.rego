# METADATA
# scope: package
# title: A Neptune cluster asks who connects
# description: >-
#   Neptune has no passwords: without IAM everybody who reaches the network reads and changes the graph.
# related_resources:
#   - https://docs.aws.amazon.com/neptune/latest/userguide/security.html
# custom:
#   id: WL-AWS-NEPTUNE-006
#   remedy: |-
#     In Terraform:
#       storage_encrypted = true
#       iam_database_authentication_enabled = true
#     In CloudFormation:
#       StorageEncrypted: true
#       IamAuthEnabled: true
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["Neptune.7"]
#     checkov: ["CKV_AWS_359"]
#   engines: [terraform, cloudformation]
package wayleave.aws.neptune.iam_authentication

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "authentication by IAM is turned off"} if {
	some it in input.resources.aws_neptune_cluster
	resource.is_off(it, "iam_database_authentication_enabled")
}
