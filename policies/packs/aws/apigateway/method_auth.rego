# METADATA
# scope: package
# title: A method asks who calls
# description: >-
#   A method without authorization is open to everybody who finds its address.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
# custom:
#   id: WL-AWS-APIGATEWAY-008
#   remedy: |-
#     In Terraform:
#       authorization = "AWS_IAM"
#     In CloudFormation:
#       AuthorizationType: AWS_IAM
#   severity: medium
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_59", "CKV2_AWS_70"]
#     terrascan: ["AC_AWS_0439", "AWS.APGM.IS.LOW.0056"]
#   engines: [terraform, cloudformation]
package wayleave.aws.apigateway.method_auth

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_api_gateway_method
	found := resource.value(it, "authorization")
	found in {"NONE"}
	not it.values.http_method == "OPTIONS"
	not resource.is_true(object.get(it.values, "api_key_required", null))
	not resource.is_uncertain(it, "api_key_required")
	message := sprintf("authorization is %s", [found])
}
