# METADATA
# scope: package
# title: A policy does not let its holder read all data
# description: >-
#   A workload that is taken over can read what its role can: with these actions on every resource, every file, secret and
#   parameter of the account.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: WL-AWS-IAM-006
#   remedy: |-
#     Name the resources that are read:
#       Resource = "${aws_s3_bucket.uploads.arn}/*"
#     In CloudFormation: !Sub '${Uploads.Arn}/*'.
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_108", "CKV_AWS_288"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.data_exposure

import data.wayleave.lib.iam

reading := {
	"dynamodb:getitem": "dynamodb:GetItem",
	"dynamodb:query": "dynamodb:Query",
	"dynamodb:scan": "dynamodb:Scan",
	"rds-data:executestatement": "rds-data:ExecuteStatement",
	"s3:getobject": "s3:GetObject",
	"secretsmanager:getsecretvalue": "secretsmanager:GetSecretValue",
	"ssm:getparameter": "ssm:GetParameter",
	"ssm:getparameters": "ssm:GetParameters",
	"ssm:getparametersbypath": "ssm:GetParametersByPath",
}

deny contains {"address": held.address, "message": message} if {
	some held in iam.unbounded_statements
	granted := iam.covered(held.statement, reading)
	count(granted) > 0
	message := sprintf("the policy allows on every resource: %s", [concat(", ", granted)])
}
