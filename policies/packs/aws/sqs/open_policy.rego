# METADATA
# scope: package
# title: A queue's policy is not open to everybody
# description: >-
#   A queue policy that allows Principal * lets anybody read, send or purge messages.
# related_resources:
#   - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html
# custom:
#   id: WL-AWS-SQS-001
#   remedy: |-
#     Name the accounts, roles or services that are meant:
#       Principal = { AWS = "arn:aws:iam::222222222222:root" }
#     or add a condition on who asks, such as aws:PrincipalOrgID or aws:SourceArn.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["SQS.3"]
#     checkov: ["CKV_AWS_168", "CKV_AWS_387", "CKV_AWS_283"]
#     terrascan: ["AC_AWS_0365", "AWS.SQS.NetworkSecurity.High.0569"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sqs.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_sqs_queue", "aws_sqs_queue_policy"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
