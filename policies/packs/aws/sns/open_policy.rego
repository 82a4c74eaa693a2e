# METADATA
# scope: package
# title: A topic's policy is not open to everybody
# description: >-
#   A topic policy that allows Principal * lets anybody publish to the topic or subscribe to what it carries.
# related_resources:
#   - https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
# custom:
#   id: WL-AWS-SNS-001
#   remedy: |-
#     Name the accounts, roles or services that are meant:
#       Principal = { AWS = "arn:aws:iam::222222222222:root" }
#     or add a condition on who asks, such as aws:PrincipalOrgID or aws:SourceArn.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["SNS.4"]
#     checkov: ["CKV_AWS_169", "CKV_AWS_283"]
#     terrascan: ["AC_AWS_0385", "AWS.SNS.NS.Medium.1044"]
#   engines: [terraform, cloudformation]
package wayleave.aws.sns.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_sns_topic", "aws_sns_topic_policy"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
