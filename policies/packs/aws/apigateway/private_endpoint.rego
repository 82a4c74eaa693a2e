# METADATA
# scope: package
# title: An API is reached privately where it can be
# description: >-
#   A public endpoint is reached by the whole internet. What only your own services call can be private to a
#   VPC.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
# custom:
#   id: WL-AWS-APIGATEWAY-009
#   remedy: |-
#     In Terraform:
#       endpoint_configuration {
#         types            = ["PRIVATE"]
#         vpc_endpoint_ids = ["vpce-1"]
#       }
#     In CloudFormation:
#       EndpointConfiguration: {Types: [PRIVATE], VpcEndpointIds: [vpce-1]}
#   severity: low
#   category: Infrastructure Security
#   frameworks:
#     terrascan: ["AC_AWS_0011", "AWS.APIGateway.NetworkSecurity.Medium.0570"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.private_endpoint

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_api_gateway_rest_api
	found := resource.value(it, "endpoint_configuration.0.types.0")
	found in {"EDGE", "REGIONAL"}
	message := sprintf("the endpoint is %s", [found])
}
