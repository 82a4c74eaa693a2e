# METADATA
# scope: package
# title: The default network is not used
# description: >-
#   In the default VPC every subnet is public, and every region has one: what is put there by mistake is on the
#   internet.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
# custom:
#   id: WL-AWS-VPC-021
#   remedy: |-
#     In Terraform:
#       Make a VPC of your own: resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_148"]
#     terrascan: ["AC_AWS_0370", "AWS.VPC.Logging.Medium.0471"]
#   engines: [terraform]
package wayleave.aws.vpc.default_vpc

import data.wayleave.lib.resource

deny contains {"address": network.address, "message": "the default VPC is taken into use"} if {
	some network in resource.of_types(["aws_default_vpc", "aws_default_subnet"])
	not resource.is_true(object.get(network.values, "force_destroy", null))
}
