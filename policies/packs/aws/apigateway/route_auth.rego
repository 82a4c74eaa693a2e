# METADATA
# scope: package
# title: A route asks who calls
# description: >-
#   A route without authorization is open to everybody who finds its address.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
# custom:
#   id: WL-AWS-APIGATEWAY-014
#   remedy: |-
#     In Terraform:
#       authorization_type = "AWS_IAM"
#     In CloudFormation:
#       AuthorizationType: AWS_IAM
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     aws-fsbp: ["APIGateway.8"]
#     checkov: ["CKV_AWS_309"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.route_auth

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_apigatewayv2_route
	found := resource.value_or_default(it, "authorization_type", "NONE")
	found in {"NONE"}
	not startswith(object.get(it.values, "route_key", ""), "OPTIONS ")
	not object.get(it.values, "route_key", "") in {"$disconnect", "$default"}
	message := sprintf("authorization is %s", [found])
}
