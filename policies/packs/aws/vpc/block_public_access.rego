# METADATA
# scope: package
# title: Networks of a region are closed to the internet but where they are meant to be open
# description: >-
#   With the block on, a route or a gateway that was made by mistake opens nothing.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
# custom:
#   id: WL-AWS-VPC-028
#   remedy: |-
#     In Terraform:
#       internet_gateway_block_mode = "block-ingress"
#     In CloudFormation:
#       InternetGatewayBlockMode: block-ingress
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.172"]
#   engines: [terraform, cloudformation]
package wayleave.aws.vpc.block_public_access

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "internet gateways are not blocked"} if {
	some it in input.resources.aws_vpc_block_public_access_options
	resource.value_or_default(it, "internet_gateway_block_mode", null) in {"off"}
}
