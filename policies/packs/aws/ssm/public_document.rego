# METADATA
# scope: package
# title: A document is not shared with everybody
# description: >-
#   Documents hold names of machines, buckets and sometimes secrets.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html
# custom:
#   id: WL-AWS-SSM-005
#   remedy: |-
#     In Terraform:
#       permissions = {
#         type        = "Share"
#         account_ids = "222222222222"
#       }
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["SSM.4"]
#     checkov: ["CKV_AWS_303"]
#   engines: [terraform]
package wayleave.aws.ssm.public_document

deny contains {"address": document.address, "message": "everybody may read the document"} if {
	some document in input.resources.aws_ssm_document
	regex.match(`(?i)(^|,)\s*all\s*(,|$)`, document.values.permissions.account_ids)
}
