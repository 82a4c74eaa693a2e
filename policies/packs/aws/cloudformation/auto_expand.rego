# METADATA
# scope: package
# title: A template expands no macros unseen
# description: >-
#   With CAPABILITY_AUTO_EXPAND, a macro rewrites the template after everybody has looked at it.
# related_resources:
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html
# custom:
#   id: WL-AWS-CLOUDFORMATION-003
#   remedy: |-
#     In Terraform:
#       capabilities = ["CAPABILITY_IAM"]
#     In CloudFormation:
#       Capabilities: [CAPABILITY_IAM]
#   severity: low
#   category: Supply Chain
#   engines: [terraform]
package wayleave.aws.cloudformation.auto_expand

deny contains {"address": stack.address, "message": "macros may rewrite the template unseen"} if {
	some kind in ["aws_cloudformation_stack", "aws_cloudformation_stack_set"]
	some stack in input.resources[kind]
	"CAPABILITY_AUTO_EXPAND" in stack.values.capabilities
}
