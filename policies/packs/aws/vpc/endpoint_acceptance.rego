# METADATA
# scope: package
# title: Somebody looks at who connects to a service
# description: >-
#   Whoever is let to connect is connected at once, without anybody being asked.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
# custom:
#   id: WL-AWS-VPC-024
#   remedy: |-
#     In Terraform:
#       acceptance_required = true
#     In CloudFormation:
#       AcceptanceRequired: true
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     checkov: ["CKV_AWS_123"]
#   engines: [terraform, cloudformation]
package wayleave.aws.vpc.endpoint_acceptance

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": "connections are taken without asking"} if {
	some it in input.resources.aws_vpc_endpoint_service
	resource.is_off(it, "acceptance_required")
}
