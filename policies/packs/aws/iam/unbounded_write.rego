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
	"cloudformation:deletestack": "cloudformation:DeleteStack",
	"cloudformation:updatestack": "cloudformation:UpdateStack",
	"dynamodb:deleteitem": "dynamodb:DeleteItem",
	"dynamodb:deletetable": "dynamodb:DeleteTable",
	"dynamodb:putitem": "dynamodb:PutItem",
	"dynamodb:updateitem": "dynamodb:UpdateItem",
	"ec2:terminateinstances": "ec2:TerminateInstances",
	"ecr:batchdeleteimage": "ecr:BatchDeleteImage",
	"ecr:putimage": "ecr:PutImage",
	"ecs:updateservice": "ecs:UpdateService",
	"eks:deletecluster": "eks:DeleteCluster",
	"elasticfilesystem:deletefilesystem": "elasticfilesystem:DeleteFileSystem",
	"kinesis:deletestream": "kinesis:DeleteStream",
	"kinesis:putrecord": "kinesis:PutRecord",
	"kms:putkeypolicy": "kms:PutKeyPolicy",
	"kms:schedulekeydeletion": "kms:ScheduleKeyDeletion",
	"lambda:deletefunction": "lambda:DeleteFunction",
	"lambda:updatefunctioncode": "lambda:UpdateFunctionCode",
	"lambda:updatefunctionconfiguration": "lambda:UpdateFunctionConfiguration",
	"logs:deleteloggroup": "logs:DeleteLogGroup",
	"rds:deletedbinstance": "rds:DeleteDBInstance",
	"rds:modifydbinstance": "rds:ModifyDBInstance",
	"s3:deletebucket": "s3:DeleteBucket",
	"s3:deleteobject": "s3:DeleteObject",
	"s3:putbucketpolicy": "s3:PutBucketPolicy",
	"s3:putobject": "s3:PutObject",
	"secretsmanager:deletesecret": "secretsmanager:DeleteSecret",
	"secretsmanager:putsecretvalue": "secretsmanager:PutSecretValue",
	"sns:publish": "sns:Publish",
	"sqs:deletequeue": "sqs:DeleteQueue",
	"sqs:purgequeue": "sqs:PurgeQueue",
	"sqs:sendmessage": "sqs:SendMessage",
	"ssm:putparameter": "ssm:PutParameter",
	"ssm:sendcommand": "ssm:SendCommand",
	"states:startexecution": "states:StartExecution",
}

deny contains {"address": held.address, "message": message} if {
	some held in iam.unbounded_statements
	granted := iam.covered(held.statement, writing)
	count(granted) > 0
	message := sprintf("the policy allows on every resource: %s", [concat(", ", granted)])
}
