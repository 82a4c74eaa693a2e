# METADATA
# scope: package
# title: A server for files is in a VPC
# description: >-
#   A public server is tried by the internet all day, without a security group in between.
# related_resources:
#   - https://docs.aws.amazon.com/transfer/latest/userguide/create-server-in-vpc.html
# custom:
#   id: WL-AWS-TRANSFER-002
#   remedy: |-
#     In Terraform:
#       endpoint_type = "VPC"
#     In CloudFormation:
#       EndpointType: VPC
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_164"]
#   engines: [terraform, cloudformation]
package wayleave.aws.transfer.public_endpoint

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_transfer_server
	found := resource.value_or_default(it, "endpoint_type", "PUBLIC")
	found in {"PUBLIC"}
	message := sprintf("the endpoint is %s", [found])
}
