# METADATA
# scope: package
# title: A table is encrypted with a key of your own
# description: >-
#   With a key of your own, who may read the table is decided a second time, by the policy of the key, and its
#   use is logged.
# related_resources:
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
# custom:
#   id: WL-AWS-DYNAMODB-004
#   remedy: |-
#     In Terraform:
#       server_side_encryption {
#         enabled     = true
#         kms_key_arn = "arn:aws:kms:eu-west-1:222222222222:key/1"
#       }
#     In CloudFormation:
#       SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: "arn:aws:kms:eu-west-1:222222222222:key/1"}
#   severity: low
#   category: Data Protection
#   frameworks:
#     checkov: ["CKV_AWS_119"]
#     terrascan: ["AC_AWS_0457", "AWS.ADT.DP.MEDIUM.0025"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dynamodb.customer_key

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the table is encrypted with a key of AWS"} if {
	some it in input.resources.aws_dynamodb_table
	resource.is_missing(it, "server_side_encryption.0.kms_key_arn")
}
