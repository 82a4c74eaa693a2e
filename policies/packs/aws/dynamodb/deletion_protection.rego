# METADATA
# scope: package
# title: A table is not deleted by mistake
# description: >-
#   One wrong plan, and the table is gone; with protection, somebody has to take it away on purpose first.
# related_resources:
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
# custom:
#   id: WL-AWS-DYNAMODB-003
#   remedy: |-
#     In Terraform:
#       deletion_protection_enabled = true
#     In CloudFormation:
#       DeletionProtectionEnabled: true
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["DynamoDB.6"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dynamodb.deletion_protection

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the table may be deleted at any time"} if {
	some it in input.resources.aws_dynamodb_table
	resource.is_off(it, "deletion_protection_enabled")
}
