# METADATA
# scope: package
# title: A broker has no public address
# description: >-
#   A broker with a public address can be tried by the whole internet; only its password is in the way.
# related_resources:
#   - https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html
# custom:
#   id: WL-AWS-MQ-001
#   remedy: |-
#     In Terraform:
#       publicly_accessible = false
#     In CloudFormation:
#       PubliclyAccessible: false
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_69"]
#     terrascan: ["AC_AWS_0175", "AWS.ElasticSearch.NetworkSecurity.Medium.0887"]
#   engines: [terraform, cloudformation]
package wayleave.aws.mq.public_access

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "the broker has a public address"} if {
	some it in input.resources.aws_mq_broker
	resource.is_true_by_default(it, "publicly_accessible", false)
}
