# METADATA
# scope: package
# title: A key's policy is not open to everybody
# description: >-
#   A key policy that allows Principal * lets any account in the world use the key, and with it read what it
#   protects.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
# custom:
#   id: WL-AWS-KMS-002
#   remedy: |-
#     Name the accounts, roles or services that are meant:
#       Principal = { AWS = "arn:aws:iam::222222222222:root" }
#     or add a condition on who asks, such as aws:PrincipalOrgID or aws:SourceArn.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["KMS.5"]
#     checkov: ["CKV_AWS_33"]
#     terrascan: ["AC_AWS_0482", "AWS.AKK.IAM.HIGH.0082", "AC_AWS_0162", "AWS.KMS.NetworkSecurity.High.0566"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_kms_key", "aws_kms_key_policy"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
