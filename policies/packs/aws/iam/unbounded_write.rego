# METADATA
# scope: package
# title: A policy names what may be changed or deleted
# description: >-
#   With Delete*, Put* or Update* on every resource, a mistake or an intruder reaches everything of the kind, not only what
#   belongs to the workload.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: WL-AWS-IAM-009
#   remedy: |-
#     Name the resources:
#       Resource = aws_dynamodb_table.sessions.arn
#     In CloudFormation: !GetAtt Sessions.Arn.
#   severity: low
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_111", "CKV_AWS_290", "CKV_AWS_355", "CKV_AWS_356"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.unbounded_write

import data.wayleave.lib.iam

# Actions that change or delete something that has an ARN.
writing := {
	"cloudformation:DeleteStack", "cloudformation:UpdateStack", "dynamodb:DeleteItem", "dynamodb:DeleteTable", "dynamodb:PutItem",
	"dynamodb:UpdateItem", "ec2:TerminateInstances", "ecr:BatchDeleteImage", "ecr:PutImage", "ecs:UpdateService", "eks:DeleteCluster",
	"elasticfilesystem:DeleteFileSystem", "kinesis:DeleteStream", "kinesis:PutRecord", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
	"lambda:DeleteFunction", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "logs:DeleteLogGroup",
	"rds:DeleteDBInstance", "rds:ModifyDBInstance", "s3:DeleteBucket", "s3:DeleteObject", "s3:PutBucketPolicy", "s3:PutObject",
	"secretsmanager:DeleteSecret", "secretsmanager:PutSecretValue", "sns:Publish", "sqs:DeleteQueue", "sqs:PurgeQueue",
	"sqs:SendMessage", "ssm:PutParameter", "ssm:SendCommand", "states:StartExecution",
}

deny contains {"address": held.address, "message": message} if {
	some held in iam.identity_statements
	iam.is_unbounded(held.statement)
	not is_whole(held.statement)
	granted := [action | some action in writing; iam.covers_action(held.statement, action)]
	count(granted) > 0
	message := sprintf("the policy allows on every resource: %s", [concat(", ", granted)])
}

# Whole services are another rule's matter.
is_whole(statement) if count(iam.whole_services(statement)) > 0

is_whole(statement) if statement.not_actions
