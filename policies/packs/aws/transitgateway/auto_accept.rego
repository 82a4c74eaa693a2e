# METADATA
# scope: package
# title: Somebody looks at which networks join the hub
# description: >-
#   Every account with which the gateway is shared can join its network to all the others, without anybody being
#   asked.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
# custom:
#   id: WL-AWS-TRANSITGATEWAY-001
#   remedy: |-
#     In Terraform:
#       auto_accept_shared_attachments = "disable"
#     In CloudFormation:
#       AutoAcceptSharedAttachments: disable
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.23"]
#     checkov: ["CKV_AWS_331"]
#   engines: [terraform, cloudformation]
package wayleave.aws.transitgateway.auto_accept

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_ec2_transit_gateway
	found := resource.value(it, "auto_accept_shared_attachments")
	found in {"enable"}
	message := sprintf("automatic acceptance is %sd", [found])
}
