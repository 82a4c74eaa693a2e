# METADATA
# scope: package
# title: Brokers have no public addresses
# description: >-
#   Brokers that the internet reaches are tried by it, all day.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
# custom:
#   id: WL-AWS-MSK-004
#   remedy: |-
#     In Terraform:
#       public_access {
#         type = "DISABLED"
#       }
#     In CloudFormation:
#       ConnectivityInfo: {PublicAccess: {Type: DISABLED}}
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["MSK.4"]
#     checkov: ["CKV_AWS_291"]
#   engines: [terraform, cloudformation]
package wayleave.aws.msk.public_access

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_msk_cluster
	found := resource.value(it, "broker_node_group_info.0.connectivity_info.0.public_access.0.type")
	found in {"SERVICE_PROVIDED_EIPS"}
	message := sprintf("public access is %s", [found])
}
