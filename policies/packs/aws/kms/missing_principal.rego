# METADATA
# scope: package
# title: Each statement of a key policy says whom it is for
# description: >-
#   A statement without a principal is refused by AWS, or means nobody; what its author wanted does not hold.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
# custom:
#   id: WL-AWS-KMS-006
#   remedy: |-
#     In Terraform:
#       Principal = { AWS = "arn:aws:iam::111111111111:root" }
#     The same in CloudFormation.
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     terrascan: ["AC_AWS_0481", "AWS.AKK.IAM.HIGH.0012"]
#   engines: [terraform, cloudformation]
package wayleave.aws.kms.missing_principal

import data.wayleave.lib.iam

deny contains {"address": held.address, "message": "a statement has no principal"} if {
	some held in iam.statements(["aws_kms_key", "aws_kms_key_policy"])
	iam.is_told(held.statement)
	not held.statement.principals
	not held.statement.not_principals
}
