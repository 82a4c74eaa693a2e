# METADATA
# scope: package
# title: A broker takes minor upgrades by itself
# description: >-
#   Minor versions mend security holes; by hand they come months late.
# related_resources:
#   - https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html
# custom:
#   id: WL-AWS-MQ-003
#   remedy: |-
#     In Terraform:
#       auto_minor_version_upgrade = true
#     In CloudFormation:
#       AutoMinorVersionUpgrade: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["MQ.3"]
#     checkov: ["CKV_AWS_207"]
#   engines: [terraform, cloudformation]
package wayleave.aws.mq.minor_upgrades

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "minor versions are not installed by themselves"} if {
	some it in input.resources.aws_mq_broker
	resource.is_off(it, "auto_minor_version_upgrade")
}
