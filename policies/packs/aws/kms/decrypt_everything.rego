# METADATA
# scope: package
# title: A policy names the keys that may be used to decrypt
# description: >-
#   With kms:Decrypt on every key, encryption protects nothing from the holder: whatever can be copied can be read.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
# custom:
#   id: WL-AWS-KMS-003
#   remedy: |-
#     In Terraform:
#       Resource = aws_kms_key.data.arn
#     In CloudFormation: !GetAtt Data.Arn.
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["KMS.1", "KMS.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.decrypt_everything

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": sprintf("the policy allows %s with every key", [action])} if {
	some held in iam.identity_statements
	not iam.is_conditional(held.statement)
	covers_every_key(held.statement)
	some action in ["kms:Decrypt", "kms:ReEncryptFrom"]
	names(held.statement, action)
}

names(statement, action) if {
	some written in statement.actions
	is_string(written)
	startswith(lower(written), "kms:")
	iam.matches(written, action)
}

covers_every_key(statement) if iam.covers_everything(statement)

covers_every_key(statement) if {
	some name in statement.resources
	regex.match(`^arn:[^:]*:kms:[^:]*:[^:]*:(key/)?\*$`, name)
}
