# METADATA
# scope: package
# title: The default security group lets nothing through
# description: >-
#   What is made without a group gets the default one. Empty, it makes such a slip harmless; otherwise the machine can talk
#   to all others that slipped.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
# custom:
#   id: WL-AWS-EC2-010
#   remedy: |-
#     Take the group over, without any rule:
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
package wayleave.aws.ec2.default_group

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": sprintf("the default group has rules for %s", [direction])} if {
	some group in input.resources.aws_default_security_group
	some direction in ["ingress", "egress"]
	count(resource.blocks(group, direction)) > 0
}

deny contains {"address": network.address, "message": "the default group of the network lets its members through", "severity": "low"} if {
	some network in input.resources.aws_vpc
	count(resource.attached(network, "aws_default_security_group", "vpc_id")) == 0
	not resource.may_be_attached("aws_default_security_group", "vpc_id")
}
