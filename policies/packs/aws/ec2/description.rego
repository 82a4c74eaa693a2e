# METADATA
# scope: package
# title: A security group says what it is for
# description: >-
#   Nobody dares to remove a rule that nobody understands. With a description, a review takes minutes.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-011
#   remedy: |-
#     In Terraform:
#       description = "PostgreSQL from the application"
#     In CloudFormation: GroupDescription, and Description of each rule.
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_23"]
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.description

import data.wayleave.lib.resource

deny contains {"address": group.address, "message": "the group has no description of its own"} if {
	some group in input.resources.aws_security_group
	resource.value_or_default(group, "description", "Managed by Terraform") in {"", "Managed by Terraform"}
}

deny contains {"address": rule.address, "message": "the rule has no description"} if {
	some kind in [
		"aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule",
	]
	some rule in input.resources[kind]
	resource.is_missing(rule, "description")
}

deny contains {"address": group.address, "message": sprintf("%d rules have no description", [count(nameless)])} if {
	some group in input.resources.aws_security_group
	nameless := [path |
		some direction in ["ingress", "egress"]
		some index, _ in resource.blocks(group, direction)
		path := resource.path_of([direction, index, "description"])
		resource.is_missing(group, path)
	]
	count(nameless) > 0
}
