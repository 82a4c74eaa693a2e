# METADATA
# scope: package
# title: A stack says what an update may not touch
# description: >-
#   With a stack policy, an update cannot replace or delete the database by the way.
# related_resources:
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
# custom:
#   id: WL-AWS-CLOUDFORMATION-002
#   remedy: |-
#     In Terraform:
#       policy_body = file("stack-policy.json")
#   severity: low
#   category: Resilience
#   frameworks:
#     terrascan: ["AC_AWS_0445", "AWS.CloudFormation.Medium.0604"]
#   engines: [terraform]
package wayleave.aws.cloudformation.stack_policy

import data.wayleave.lib.resource

deny contains {"address": stack.address, "message": "an update may replace or delete everything"} if {
	some stack in input.resources.aws_cloudformation_stack
	stack.engine == "terraform"
	every way in ["policy_body", "policy_url"] {
		resource.is_missing(stack, way)
	}
}
