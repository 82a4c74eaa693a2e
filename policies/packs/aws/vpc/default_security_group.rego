# METADATA
# scope: package
# title: The default security group lets nothing through
# description: >-
#   Whatever is started without a group lands in the default one; with its rules all of it may talk to all of
#   it.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
# custom:
#   id: WL-AWS-VPC-023
#   remedy: |-
#     In Terraform:
#       resource "aws_default_security_group" "main" {
#         vpc_id = aws_vpc.main.id
#       }
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.2"]
#     checkov: ["CKV2_AWS_12"]
#     cis-aws-3.0: ["5.4"]
#     terrascan: ["AC_AWS_0232"]
#   engines: [terraform]
package wayleave.aws.vpc.default_security_group

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": message} if {
	some group in input.resources.aws_default_security_group
	open := [direction | some direction in ["ingress", "egress"]; count(resource.blocks(group, direction)) > 0]
	count(open) > 0
	message := sprintf("it has rules for %s", [concat(" and ", open)])
}

# A network of which nothing is said keeps the rules that AWS gave its group.
deny contains {"address": network.address, "message": "its default security group keeps the rules of AWS", "severity": "low"} if {
	some network in input.resources.aws_vpc
	network.engine == "terraform"
	count(resource.attached(network, "aws_default_security_group", "vpc_id")) == 0
	not resource.may_be_attached("aws_default_security_group", "vpc_id")
}
