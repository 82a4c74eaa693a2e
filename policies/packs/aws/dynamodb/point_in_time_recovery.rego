# METADATA
# scope: package
# title: A table can be restored to any point in time
# description: >-
#   Without point-in-time recovery, a wrong write or delete can be undone only as far as the last backup, if
#   there is one.
# related_resources:
#   - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
# custom:
#   id: WL-AWS-DYNAMODB-001
#   remedy: |-
#     In Terraform:
#       point_in_time_recovery { enabled = true }
#     In CloudFormation: PointInTimeRecoverySpecification with PointInTimeRecoveryEnabled: true.
#   severity: medium
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["DynamoDB.2"]
#     checkov: ["CKV_AWS_28"]
#     terrascan: ["AC_AWS_0458", "AWS.DynamoDb.Logging.Medium.007"]
#   engines: [terraform, cloudformation]
package wayleave.aws.dynamodb.point_in_time_recovery

import data.wayleave.lib.resource

deny contains {"address": table.address, "message": "the table has no point-in-time recovery"} if {
	some table in input.resources.aws_dynamodb_table
	not recovers(table)
	not resource.is_uncertain(table, "point_in_time_recovery.0.enabled")
}

recovers(table) if {
	some block in table.values.point_in_time_recovery
	block.enabled == true
}
