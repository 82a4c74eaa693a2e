# METADATA
# scope: package
# title: A domain's policy is not open to everybody
# description: >-
#   An index that everybody may read is found within hours by those who look for them, and then it is gone, or
#   for sale.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
# custom:
#   id: WL-AWS-OPENSEARCH-012
#   remedy: |-
#     In Terraform:
#       Principal = { AWS = "arn:aws:iam::222222222222:role/reader" }
#     In CloudFormation:
#       Principal: {AWS: arn:aws:iam::222222222222:role/reader}
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_283"]
#     terrascan: ["AC_AWS_0469", "AWS.AEDP.IAM.HIGH.0060"]
#   engines: [terraform, cloudformation]
package wayleave.aws.opensearch.open_policy

import data.wayleave.lib.iam

deny contains {"address": holder.address, "message": message} if {
	some holder in iam.documents(["aws_opensearch_domain_policy", "aws_opensearch_domain", "aws_elasticsearch_domain", "aws_elasticsearch_domain_policy"])
	some statement in holder.document.statements
	iam.is_public(statement)
	message := sprintf("the policy allows %s to everybody", [iam.actions_text(statement)])
}
