# METADATA
# scope: package
# title: A table's encryption key is not turned back to the default
# description: >-
#   DynamoDB encrypts every table. Turned off, it uses a key that AWS owns: its use is not logged, and nobody
#   can take it away.
# related_resources:
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html
# custom:
#   id: WL-AWS-DYNAMODB-002
#   remedy: |-
#     In Terraform:
#       server_side_encryption { enabled = true }
#     In CloudFormation: SSESpecification with SSEEnabled: true.
#   severity: low
#   category: Data Protection
#   frameworks:
#     terrascan: ["AC_AWS_0457", "AWS.ADT.DP.MEDIUM.0025"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dynamodb.encryption

deny contains {"address": table.address, "message": "encryption with a key of the account is turned off"} if {
	some table in input.resources.aws_dynamodb_table
	some block in table.values.server_side_encryption
	block.enabled == false
}
