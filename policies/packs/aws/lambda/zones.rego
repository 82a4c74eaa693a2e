# METADATA
# scope: package
# title: A function in a VPC runs in several zones
# description: >-
#   A function that has one subnet is gone as long as the zone of it is.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
# custom:
#   id: WL-AWS-LAMBDA-013
#   remedy: |-
#     In Terraform:
#       subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
#     In CloudFormation:
#       SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
#   severity: low
#   category: Resilience
#   frameworks:
#     aws-fsbp: ["Lambda.5"]
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.zones

import data.wayleave.lib.resource
deny contains {"address": it.address, "message": "the function has one subnet"} if {
	some it in input.resources.aws_lambda_function
	some network in resource.blocks(it, "vpc_config")
	count(network.subnet_ids) == 1
	not resource.is_unknown(it, "vpc_config.0.subnet_ids")
}
