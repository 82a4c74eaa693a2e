# METADATA
# scope: package
# title: A policy does not allow all of a service on every resource
# description: >-
#   With s3:* or dynamodb:* on every resource comes the right to delete, to open to the public and to hand on, for whatever
#   the account will ever hold.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: WL-AWS-IAM-004
#   remedy: |-
#     Name the actions and resources that are needed:
#       Action   = ["s3:GetObject", "s3:PutObject"]
#       Resource = "${aws_s3_bucket.uploads.arn}/*"
#     In CloudFormation: !Sub '${Uploads.Arn}/*'.
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["IAM.21"]
#     checkov: ["CKV_AWS_111", "CKV_AWS_290", "CKV2_AWS_40", "CKV_AWS_107", "CKV_AWS_108", "CKV_AWS_109", "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_355", "CKV_AWS_356"]
#   parameters:
#     allowed:
#       description: Services that may be allowed as a whole, by the prefix of their actions.
#       default: ["xray", "ec2messages", "ssmmessages"]
#   engines: [terraform, cloudformation]
package wayleave.aws.iam.whole_service

import data.wayleave.lib.iam

allowed := data.parameters["WL-AWS-IAM-004"].allowed

deny contains {"address": held.address, "message": sprintf("the policy allows %s on every resource", [action]), "severity": severity(action)} if {
	some held in iam.identity_statements
	iam.covers_everything(held.statement)
	not iam.is_conditional(held.statement)
	some action in iam.whole_services(held.statement)
	not action in {"*", "*:*"}
	not iam.service(action) in allowed
}

# With these, one can give oneself all others.
severity(action) := "high" if iam.service(action) in {"iam", "organizations", "sts"}

severity(action) := "medium" if not iam.service(action) in {"iam", "organizations", "sts"}
