# METADATA
# scope: package
# title: A subnet gives no public addresses by itself
# description: >-
#   Everything that is started in such a subnet is on the internet, meant or not.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
# custom:
#   id: WL-AWS-VPC-022
#   remedy: |-
#     In Terraform:
#       map_public_ip_on_launch = false
#     In CloudFormation:
#       MapPublicIpOnLaunch: false
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.15"]
#     checkov: ["CKV_AWS_130"]
#   engines: [terraform, cloudformation]
package wayleave.aws.vpc.subnet_public_addresses

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "everything that is started here gets a public address"} if {
	some it in input.resources.aws_subnet
	resource.is_true_by_default(it, "map_public_ip_on_launch", false)
}
