# METADATA
# scope: package
# title: A cache of tables is encrypted
# description: >-
#   DAX keeps what it read on disks. Encryption cannot be turned on later.
# related_resources:
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionAtRest.html
# custom:
#   id: WL-AWS-DYNAMODB-005
#   remedy: |-
#     In Terraform:
#       server_side_encryption {
#         enabled = true
#       }
#     In CloudFormation:
#       SSESpecification: {SSEEnabled: true}
#   severity: medium
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["DynamoDB.3"]
#     checkov: ["CKV_AWS_47"]
#     terrascan: ["AC_AWS_0375", "AWS.ADC.DP.MEDIUM.0021"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dynamodb.dax_encryption

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the cache is not encrypted"} if {
	some it in input.resources.aws_dax_cluster
	resource.is_off(it, "server_side_encryption.0.enabled")
}
